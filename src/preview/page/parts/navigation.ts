import type { ServerState } from './context.js';
import { button, h, icon } from './dom.js';
import { openPopup, withArrows } from './popup.js';

type Entry = ServerState['dashboards'][number];

interface Navigation {
  /** What the titles of its own dashboards begin with, which is said above them. */
  readonly service: string;
  /** The name of the dashboard that is shown. */
  current(): string;
  href(name: string): string;
  go(name: string): void;
}

function link({ name, title }: Entry, navigation: Navigation): HTMLAnchorElement {
  const current = navigation.current() === name;
  const made = h(
    'a',
    { href: navigation.href(name), class: 'board-link', 'aria-current': current ? 'page' : undefined },
    title.startsWith(`${navigation.service}: `) ? title.slice(navigation.service.length + 2) : title,
  );
  made.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigation.go(name);
  });
  return made;
}

/** The author's own dashboards first, then those that are there without being asked for. */
function groups(entries: readonly Entry[]): readonly (readonly [name: string, entries: readonly Entry[]])[] {
  const own = entries.filter(({ topic }) => topic === null);
  const slos = entries.filter(({ topic }) => topic === 'slo' || topic === 'slos');
  const others = entries.filter((entry) => !own.includes(entry) && !slos.includes(entry));
  const all = [
    ['Dashboards', own],
    ['From the spec', others],
    ['Objectives', slos],
  ] as const;
  return all.filter(([, each]) => each.length > 0);
}

function lists(entries: readonly Entry[], navigation: Navigation): readonly HTMLElement[] {
  return groups(entries).map(([name, each]) =>
    h(
      'div',
      { class: 'board-group' },
      h('div', { class: 'board-group-name' }, name),
      h('ul', {}, ...each.map((entry) => h('li', {}, link(entry, navigation)))),
    ),
  );
}

/** All dashboards, at the side of the page. */
export function sideNavigation(entries: readonly Entry[], navigation: Navigation): HTMLElement {
  return h('nav', { class: 'side', 'aria-label': 'Dashboards' }, ...lists(entries, navigation));
}

/** The same below a button, where there is no room at the side. */
export function navigationButton(entries: readonly Entry[], navigation: Navigation): HTMLElement {
  const made = button(
    { class: 'tool navigation-button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    () => {
      const box = h(
        'nav',
        { class: 'board-menu', 'aria-label': 'All dashboards' },
        ...lists(entries, navigation),
      );
      const links = [...box.querySelectorAll('a')];
      withArrows(box, () => links);
      for (const each of links)
        each.addEventListener('click', () => {
          close();
        });
      const close = openPopup(made, box, links.find((each) => each.hasAttribute('aria-current')) ?? links[0]);
    },
    h('span', {}, 'Dashboards'),
    icon('down'),
  );
  return made;
}
