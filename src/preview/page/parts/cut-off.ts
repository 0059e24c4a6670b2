import type { Overflow } from './overflow.js';

/** Texts that must be seen as a whole. */
const texts = [
  '.panel-title',
  '.stat-value',
  '.stat-name',
  '.legend-name',
  '.legend th',
  '.legend td',
  '.legend-calc',
  '.th-text',
  '.bar-name',
  '.bar-value',
  '.gauge-value',
  '.gauge-name',
  '.empty-text',
  '.row-title',
].join(', ');

function clips(element: Element, side: 'x' | 'y'): boolean {
  const style = getComputedStyle(element);
  const value = side === 'x' ? style.overflowX : style.overflowY;
  return value === 'hidden' || value === 'clip' || (side === 'x' && value !== 'visible');
}

/** Whether some of a text lies outside of an element around it that cuts it off; what can be scrolled down to is not cut off. */
function isCut(element: Element): boolean {
  if (element.scrollWidth > element.clientWidth && element.clientWidth > 0 && clips(element, 'x'))
    return true;
  const range = document.createRange();
  range.selectNodeContents(element);
  const box = range.getBoundingClientRect();
  if (box.width === 0) return false;
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const edge = around.getBoundingClientRect();
    if (clips(around, 'x') && (box.right > edge.right + 1 || box.left < edge.left - 1)) return true;
    if (clips(around, 'y') && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2)) return true;
    if (around.classList.contains('panel')) return box.right > edge.right + 1 || box.left < edge.left - 1;
  }
  return false;
}

/** Pixels: a legend of which less than the head and two rows is seen is no legend. */
const leastLegend = 64;

/** Legends that people would have to scroll to read anything in. */
function tightLegends(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.legend')].filter(
    ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 2 && clientHeight < leastLegend,
  );
}

/** Texts of panels that are cut off, as far as they are drawn as elements; and axes that their panel is too narrow for. */
export function overflows(): readonly Overflow[] {
  const found = [...document.querySelectorAll<HTMLElement>(texts)].filter((element) => {
    return element.offsetParent !== null && element.textContent !== '' && isCut(element);
  });
  const axes = [...document.querySelectorAll<HTMLElement>('[data-axis-cut]')].map((element) => ({
    panel: panelOf(element),
    text: element.dataset['axisCut'] ?? '',
  }));
  const all = [...found, ...tightLegends()];
  return [...all.map((element) => ({ panel: panelOf(element), text: element.textContent })), ...axes];
}

function panelOf(element: Element): string {
  return element.closest('.panel')?.querySelector('.panel-title')?.textContent ?? '';
}
