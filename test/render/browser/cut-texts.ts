/** A text that is not seen whole. */
export interface CutText {
  readonly text: string;
  readonly where: 'title' | 'legend' | 'cell' | 'value';
  /** Pixels that are missing. */
  readonly missing: number;
}

function whereIs(element: Element): CutText['where'] {
  if (element.closest('h1, h2, h3, h4, h5, h6') !== null) return 'title';
  if (element.closest('[role="gridcell"], [role="columnheader"]') !== null) return 'cell';
  if (element.closest('table, ul, li, [data-testid*="VizLegend"]') !== null) return 'legend';
  return 'value';
}

function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
  );
}

/** How many boxes around a text are asked whether they cut it off: further out they hold more than this text. */
const boxesAround = 3;

/** Pixels of a text that the nearest box with an edge hides; what can be scrolled to is not hidden. */
function hiddenBy(element: Element, panel: Element): number {
  let box: Element | null = element;
  for (let level = 0; level <= boxesAround && box !== null && box !== panel; level++) {
    const { overflowX } = getComputedStyle(box);
    if (overflowX === 'hidden' || overflowX === 'clip') return box.scrollWidth - box.clientWidth;
    if (overflowX !== 'visible') return 0;
    box = box.parentElement;
  }
  return 0;
}

/** The texts of a panel that a box cuts off, or that run over the panel's edge. */
export function cutTexts(panel: Element): readonly CutText[] {
  const edge = panel.getBoundingClientRect();
  return [...panel.querySelectorAll<HTMLElement>('*')].filter(hasOwnText).flatMap((element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // What is there for screen readers alone has a pixel's room.
    if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden' || style.opacity === '0')
      return [];
    if (element.closest('.sr-only') !== null) return [];
    const missing = Math.max(hiddenBy(element, panel), box.right - edge.right, edge.left - box.left);
    if (missing <= 1) return [];
    const text = (element.textContent ?? '').trim().slice(0, 80);
    return [{ text, where: whereIs(element), missing: Math.round(missing) }];
  });
}
