import type { Theme } from '../format/colours.js';
import type { BoardLink } from '../board.js';
import type { ServerState } from './context.js';
import { button, h, icon } from './dom.js';
import { linkItem, openMenu } from './popup.js';

const refreshes = ['5s', '10s', '30s', '1m', '5m', '15m'];

/** What the numbers of the page are. */
export function modeSign({ mode, prometheus }: ServerState): HTMLElement {
  const texts = { sample: 'Made-up data', live: 'Live data', none: 'No data' } as const;
  const about =
    mode === 'sample'
      ? 'Plausible numbers made up from the spec; the time stands still at their end'
      : (prometheus.reason ?? '');
  return h('span', { class: `mode ${mode}`, title: about === '' ? undefined : about }, texts[mode]);
}

/** The service whose dashboards these are. */
export function brand(service: string): HTMLElement {
  return h(
    'div',
    { class: 'brand' },
    h('span', { class: 'brand-name' }, service),
    h('span', { class: 'brand-what' }, 'preview'),
  );
}

/** The links of a dashboard below a button; undefined where it has none. */
export function linksButton(
  links: readonly BoardLink[],
  href: (url: string) => string,
): HTMLElement | undefined {
  const shown = links.filter(({ type, url }) => type === 'link' && url !== '');
  if (shown.length === 0) return undefined;
  const made = button(
    { class: 'tool', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    () => {
      openMenu(
        made,
        'Links',
        shown.map(({ title, url }) => linkItem(title, href(url))),
      );
    },
    icon('external'),
    h('span', {}, 'Links'),
  );
  return made;
}

interface Refreshing {
  /** As it was chosen: `30s`, or empty for never. */
  every(): string;
  choose(every: string): void;
  now(): void;
}

function everyText(every: string): string {
  return every === '' ? 'Off' : every;
}

/** A button that asks for everything again, and one that says how often that happens by itself. */
export function refreshTools(refreshing: Refreshing): HTMLElement {
  const label = h('span', {}, everyText(refreshing.every()));
  const every = button(
    { class: 'tool', 'aria-label': 'Refresh interval', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    () => {
      const current = refreshing.every();
      const choices = ['', ...new Set([...refreshes, ...(current === '' ? [] : [current])])];
      openMenu(
        every,
        'Refresh interval',
        choices.map((each) => ({
          text: everyText(each),
          checked: each === current,
          act: () => {
            refreshing.choose(each);
            label.textContent = everyText(each);
            every.focus();
          },
        })),
      );
    },
    label,
    icon('down'),
  );
  const now = button(
    { class: 'tool', 'aria-label': 'Refresh', title: 'Refresh' },
    () => {
      refreshing.now();
    },
    icon('refresh'),
  );
  return h('div', { class: 'tools', role: 'group', 'aria-label': 'Refresh' }, now, every);
}

/** Between dark and light. @param turn shows the other theme and says which one that is */
export function themeButton(theme: Theme, turn: () => Theme): HTMLElement {
  const sign = (shown: Theme): SVGElement => icon(shown === 'light' ? 'moon' : 'sun');
  const made = button(
    {
      class: 'tool',
      'aria-label': 'Light theme',
      'aria-pressed': String(theme === 'light'),
      title: 'Dark or light',
    },
    () => {
      const shown = turn();
      made.setAttribute('aria-pressed', String(shown === 'light'));
      made.replaceChildren(sign(shown));
    },
    sign(theme),
  );
  return made;
}
