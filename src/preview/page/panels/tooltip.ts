import { h } from '../parts/dom.js';
import { localTime } from '../query/time.js';

export interface TooltipRow {
  readonly colour: string | undefined;
  readonly name: string;
  readonly value: string;
  /** The one that the pointer is nearest to. */
  readonly near?: boolean | undefined;
}

let box: HTMLElement | undefined;

export function hideTooltip(): void {
  box?.remove();
  box = undefined;
}

/** A small square in the colour of a series. */
export function swatch(colour: string): HTMLElement {
  const made = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  made.style.backgroundColor = colour;
  return made;
}

/** Shows what is under the pointer. @param time milliseconds since 1970 @param at where the pointer is, in the window @param hint what can be done */
export function showTooltip(
  time: number | string,
  rows: readonly TooltipRow[],
  at: { readonly x: number; readonly y: number },
  hint?: string,
): void {
  box ??= h('div', { class: 'tooltip', 'aria-hidden': 'true' });
  box.replaceChildren(
    h('div', { class: 'tooltip-time' }, typeof time === 'string' ? time : localTime(time)),
    ...rows.map(({ colour, name, value, near }) =>
      h(
        'div',
        { class: near === true ? 'tooltip-row near' : 'tooltip-row' },
        colour === undefined ? false : swatch(colour),
        h('span', { class: 'tooltip-name' }, name),
        h('span', { class: 'tooltip-value' }, value),
      ),
    ),
    ...(hint === undefined ? [] : [h('div', { class: 'tooltip-hint' }, hint)]),
  );
  if (!box.isConnected) document.body.append(box);
  const { width, height } = box.getBoundingClientRect();
  const left = at.x + 16 + width > innerWidth - 8 ? at.x - 16 - width : at.x + 16;
  const top = Math.min(Math.max(8, at.y - height / 2), innerHeight - height - 8);
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${Math.max(8, top)}px`;
}
