import { h } from '../parts/dom.js';

/** What stands in the middle of a panel that has nothing to show. */
export function emptyText(text: string): HTMLElement {
  return h('div', { class: 'empty' }, h('span', { class: 'empty-text' }, text));
}
