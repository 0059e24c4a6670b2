import { safeUrl } from '../format/markdown.js';
import { h } from '../parts/dom.js';
import { openPopup } from '../parts/popup.js';
import { isGrafanaPage } from '../parts/url.js';
import { localTime } from '../query/time.js';
import { swatch } from './tooltip.js';

/** Where a link leads to, with everything filled in. */
export interface FilledLink {
  readonly title: string;
  readonly url: string;
}

/** A series at a point in time, with where it leads to. */
export interface LinkedSeries {
  readonly name: string;
  readonly colour: string;
  /** As it is shown. */
  readonly value: string;
  readonly links: readonly FilledLink[];
}

function key({ title, url }: FilledLink): string {
  return `${title}\n${url}`;
}

/** The links that all series share, apart from those of each. */
export function sharedLinks(found: readonly LinkedSeries[]): {
  readonly shared: readonly FilledLink[];
  readonly own: readonly LinkedSeries[];
} {
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return { shared: [], own: found };
  const everywhere = (link: FilledLink): boolean =>
    others.every(({ links }) => links.some((each) => key(each) === key(link)));
  const shared = first.links.filter(everywhere);
  const known = new Set(shared.map(key));
  return {
    shared,
    own: found.map((each) => ({ ...each, links: each.links.filter((link) => !known.has(key(link))) })),
  };
}

function linkEntry({ title, url }: FilledLink): HTMLElement {
  const target = isGrafanaPage(url) ? undefined : safeUrl(url);
  if (target === undefined)
    return h(
      'li',
      { class: 'pinned-elsewhere' },
      h('span', {}, title),
      h('span', { class: 'in-grafana' }, 'in Grafana'),
    );
  const inside = target.startsWith('/?');
  return h(
    'li',
    {},
    h('a', { href: target, ...(inside ? {} : { target: '_blank', rel: 'noopener noreferrer' }) }, title),
  );
}

function linkList(links: readonly FilledLink[]): HTMLElement | undefined {
  return links.length === 0 ? undefined : h('ul', { class: 'pinned-links' }, ...links.map(linkEntry));
}

/**
 * Shows where the series at a point lead to, in a box that stays until it is closed.
 * @param owner gets the focus back
 * @param time milliseconds since 1970
 * @param at in the window, in pixels
 */
export function pinLinks(
  owner: HTMLElement,
  time: number,
  found: readonly LinkedSeries[],
  at: { readonly x: number; readonly y: number },
): void {
  const { shared, own } = sharedLinks(found);
  const box = h(
    'div',
    { class: 'pinned', role: 'dialog', 'aria-label': `Links at ${localTime(time)}`, tabindex: -1 },
    h('div', { class: 'tooltip-time' }, localTime(time)),
    ...own.map(({ name, colour, value, links }) =>
      h(
        'div',
        { class: 'pinned-series' },
        h(
          'div',
          { class: 'tooltip-row' },
          swatch(colour),
          h('span', { class: 'tooltip-name' }, name),
          h('span', { class: 'tooltip-value' }, value),
        ),
        linkList(links),
      ),
    ),
    linkList(shared),
  );
  openPopup(owner, box, box.querySelector('a') ?? box, at);
}
