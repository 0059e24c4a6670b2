import type { Panel } from '../board.js';
import { interpolate } from '../query/interpolate.js';
import { filledQuery, prometheusTargets } from '../query/panel-data.js';
import { QueryError } from '../query/prometheus.js';
import { loadOf, needsPrometheus } from '../panels/kinds.js';
import type { Context, DataTable, Render, Rendered } from './context.js';
import { button, h, icon } from './dom.js';
import { markdown } from './markdown.js';
import { closePopup, linkItem, openMenu, openPopup, type MenuItem } from './popup.js';

type PanelState = 'loading' | 'ready' | 'empty' | 'error' | 'unavailable';

/** The most rows that a chart shows as a table. */
const mostRows = 500;

function plainTable({ columns, rows }: DataTable, title: string): HTMLElement {
  return h(
    'div',
    { class: 'table-box sm', tabindex: 0, role: 'region', 'aria-label': `${title}, table` },
    h(
      'table',
      { class: 'data-table' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...columns.map((name) => h('th', { scope: 'col' }, h('span', { class: 'th-text' }, name))),
        ),
      ),
      h(
        'tbody',
        {},
        ...rows.slice(0, mostRows).map((row) => h('tr', {}, ...row.map((cell) => h('td', {}, cell)))),
      ),
    ),
  );
}

/** One panel: its head, and what it shows. */
export class PanelFrame {
  readonly element: HTMLElement;
  readonly panel: Panel;
  readonly #host = h('div', { class: 'panel-body' });
  readonly #title: HTMLElement;
  readonly #resizes: ResizeObserver;
  #context: Context | undefined;
  #render: Render | undefined;
  #rendered: Rendered | undefined;
  #size = '';
  #asTable = false;

  constructor(panel: Panel) {
    this.panel = panel;
    const id = `panel-${panel.id}`;
    this.#title = h('h3', { class: 'panel-title', id }, panel.title);
    this.element = h(
      'section',
      {
        class: 'panel',
        'data-panel-id': panel.id,
        'data-panel-type': panel.type,
        'data-state': 'loading',
        'aria-labelledby': id,
      },
      h('header', { class: 'panel-head' }, this.#title, ...this.#info(), ...this.#links(), this.#menu()),
      h('div', { class: 'panel-progress', 'aria-hidden': 'true' }),
      this.#host,
    );
    const { x, w, h: height } = panel.gridPos;
    this.element.style.setProperty('--x', String(x + 1));
    this.element.style.setProperty('--w', String(w));
    this.element.style.setProperty('--h', String(height));
    this.#resizes = new ResizeObserver(() => {
      this.#draw(false);
    });
    this.#resizes.observe(this.#host);
  }

  get state(): PanelState {
    return (this.element.dataset['state'] ?? 'loading') as PanelState;
  }

  #setState(state: PanelState): void {
    this.element.dataset['state'] = state;
    this.element.setAttribute('aria-busy', String(state === 'loading'));
  }

  #info(): readonly HTMLElement[] {
    const { description = '', title } = this.panel;
    if (description.trim() === '') return [];
    const made = button(
      {
        class: 'icon-button',
        'aria-label': `About ${title}`,
        'aria-expanded': 'false',
        'aria-haspopup': 'dialog',
      },
      () => {
        const text =
          this.#context === undefined ? description : interpolate(description, this.#context.chosen);
        const box = h(
          'div',
          { class: 'about', role: 'dialog', 'aria-label': `About ${title}`, tabindex: -1 },
          markdown(text),
        );
        openPopup(made, box, box);
      },
      icon('info'),
    );
    return [made];
  }

  #links(): readonly HTMLElement[] {
    const links = this.panel.links ?? [];
    if (links.length === 0) return [];
    const made = button(
      {
        class: 'icon-button',
        'aria-label': `Links of ${this.panel.title}`,
        'aria-expanded': 'false',
        'aria-haspopup': 'menu',
      },
      () => {
        const items = links.map(({ title, url }) => linkItem(title, this.#context?.href(url) ?? url));
        openMenu(made, `Links of ${this.panel.title}`, items);
      },
      icon('external'),
    );
    return [made];
  }

  #menu(): HTMLElement {
    const made = button(
      {
        class: 'icon-button panel-menu',
        'aria-label': `Menu of ${this.panel.title}`,
        'aria-expanded': 'false',
        'aria-haspopup': 'menu',
      },
      () => {
        openMenu(made, `Menu of ${this.panel.title}`, [
          {
            text: 'Show as table',
            checked: this.#asTable,
            toggles: true,
            act: () => {
              this.#asTable = !this.#asTable;
              this.#draw(true);
              made.focus();
            },
          },
          {
            text: 'Show queries',
            act: () => {
              this.#showQueries(made);
            },
          },
          {
            text: 'Load again',
            act: () => {
              if (this.#context !== undefined) void this.load(this.#context);
              made.focus();
            },
          },
          ...this.#dataLinks(),
        ]);
      },
      icon('menu'),
    );
    return made;
  }

  /** Where the data leads to, if it is not a matter of one series: charts and tables show those at the point itself. */
  #dataLinks(): readonly MenuItem[] {
    const { type, fieldConfig } = this.panel;
    const context = this.#context;
    if (context === undefined || type === 'timeseries' || type === 'table') return [];
    const links = (fieldConfig?.defaults.links ?? []).filter(
      ({ url }) => !/\$\{__(?:field|series|value|data)\b/.test(url),
    );
    return links.map(({ title, url }) => linkItem(title, context.href(url)));
  }

  #showQueries(owner: HTMLElement): void {
    const context = this.#context;
    const queries = prometheusTargets(this.panel).map((target) =>
      context === undefined ? (target.expr ?? '') : filledQuery(this.panel, target, this.#room(), context),
    );
    const others = (this.panel.targets ?? []).flatMap(
      ({ expr, query, service }) => expr ?? query ?? service ?? [],
    );
    const shown = queries.length > 0 ? queries : others;
    const title = `Queries of ${this.panel.title}`;
    const box = h(
      'div',
      { class: 'about', role: 'dialog', 'aria-label': title, tabindex: -1 },
      ...(shown.length === 0
        ? [h('p', {}, 'This panel asks nothing.')]
        : shown.map((each) => h('pre', {}, h('code', {}, each)))),
    );
    openPopup(owner, box, box);
  }

  #room(): { readonly width: number; readonly height: number } {
    return { width: Math.max(this.#host.clientWidth, 100), height: this.#host.clientHeight };
  }

  /** Asks for the data and draws it; what was drawn before stays until then. Never rejects. */
  async load(context: Context): Promise<void> {
    this.#context = context;
    this.#title.textContent = interpolate(this.panel.title, context.chosen);
    this.#title.title = this.#title.textContent;
    const { prometheus } = context.state;
    if (!prometheus.available && needsPrometheus(this.panel)) {
      this.#say(
        'unavailable',
        prometheus.reason ?? 'There is no Prometheus to ask',
        prometheus.help,
        undefined,
      );
      return;
    }
    this.#setState('loading');
    try {
      const render = await loadOf(this.panel)(this.panel, this.#room(), context);
      if (context.signal.aborted) return;
      this.#render = render;
      this.#draw(true);
    } catch (error) {
      if (context.signal.aborted) return;
      const words = error instanceof Error ? error.message : String(error);
      this.#say('error', words, undefined, error instanceof QueryError ? error.query : undefined);
    }
  }

  /** Draws again with what is there, as after a change of colours. */
  redraw(): void {
    this.#draw(true);
  }

  /** Why there is nothing to see. */
  #say(
    state: 'error' | 'unavailable',
    words: string,
    help: string | undefined,
    query: string | undefined,
  ): void {
    this.#clear();
    this.#render = undefined;
    this.#host.replaceChildren(
      h(
        'div',
        { class: `notice ${state}`, role: state === 'error' ? 'alert' : 'status' },
        icon(state === 'error' ? 'warning' : 'info'),
        h('p', {}, words),
        help === undefined ? undefined : h('p', {}, help),
        query === undefined ? undefined : h('pre', {}, h('code', {}, query)),
      ),
    );
    this.#setState(state);
  }

  #clear(): void {
    this.#rendered?.destroy?.();
    this.#rendered = undefined;
  }

  #draw(anyway: boolean): void {
    const render = this.#render;
    const size = `${this.#host.clientWidth}x${this.#host.clientHeight}`;
    if (render === undefined || (!anyway && size === this.#size)) return;
    this.#size = size;
    this.#clear();
    this.#host.replaceChildren();
    try {
      const rendered = render(this.#host);
      this.#rendered = rendered;
      if (this.#asTable && rendered.table !== undefined) {
        const table = rendered.table();
        this.#clear();
        this.#host.replaceChildren(plainTable(table, this.panel.title));
      }
      this.#setState(rendered.state);
    } catch (error) {
      this.#say(
        'error',
        `The preview failed to draw this panel: ${error instanceof Error ? error.message : String(error)}`,
        undefined,
        undefined,
      );
    }
  }

  destroy(): void {
    closePopup();
    this.#clear();
    this.#resizes.disconnect();
    this.element.remove();
  }
}
