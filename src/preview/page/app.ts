import type { Theme } from './format/colours.js';
import { BoardView } from './parts/board-view.js';
import type { Context, ServerState } from './parts/context.js';
import { button, h, icon } from './parts/dom.js';
import { navigationButton, sideNavigation } from './parts/navigation.js';
import type { PanelFrame } from './parts/panel-frame.js';
import { closePopup, linkItem, openMenu } from './parts/popup.js';
import { dashboardNamed, serverState, watchGenerations } from './parts/server.js';
import { initialTheme, rememberTheme, showTheme } from './parts/theme.js';
import { timePicker } from './parts/time-picker.js';
import { addressOf, searchOf, type Address } from './parts/url.js';
import { variablesBar } from './parts/variables-bar.js';
import { durationOf } from './query/interval.js';
import type { TimeChoice, TimeRange } from './query/time.js';
import { choicesOf } from './query/variables.js';
import { contextOf, Session } from './session.js';

const refreshes = ['5s', '10s', '30s', '1m', '5m', '15m'];

/** The whole page. */
export class App {
  #state: ServerState;
  #address: Address;
  #theme: Theme;
  #session: Session | undefined;
  #view: BoardView | undefined;
  #context: Context | undefined;
  #controller = new AbortController();
  #bar: { readonly element: HTMLElement; update(): void } | undefined;
  #picker: { readonly element: HTMLElement; update(): void } | undefined;
  #refresh = '';
  #timer: number | undefined;
  /** Rows that were opened or closed by hand. */
  #rows = new Map<number, boolean>();
  /** Panels that have come into sight and were asked for. */
  #asked = new Set<PanelFrame>();
  readonly #sight: IntersectionObserver;
  readonly #live = h('div', { class: 'visually-hidden', 'aria-live': 'polite', role: 'status' });

  constructor(state: ServerState) {
    this.#state = state;
    this.#address = addressOf(new URLSearchParams(location.search));
    this.#theme = initialTheme(this.#address.theme);
    this.#sight = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const frame = this.#view?.frames.find(({ element }) => element === target);
          if (isIntersecting && frame !== undefined) void this.#show(frame);
        }
      },
      { rootMargin: '300px' },
    );
    showTheme(this.#theme);
  }

  /** Milliseconds since 1970. */
  #now(): number {
    return this.#state.now === null ? Date.now() : this.#state.now * 1000;
  }

  async start(): Promise<void> {
    await this.#open(this.#address.dashboard);
    watchGenerations(this.#state.generation, () => void this.#reload());
    addEventListener('popstate', () => {
      this.#address = addressOf(new URLSearchParams(location.search));
      void this.#open(this.#address.dashboard);
    });
  }

  /** Shows another dashboard, or the first one there is. */
  async #open(asked: string | undefined, hidden = new Set<string>()): Promise<void> {
    const entry = this.#state.dashboards.find(({ name }) => name === asked) ?? this.#state.dashboards[0];
    document.documentElement.dataset['state'] = 'loading';
    if (entry === undefined) {
      this.#nothing();
      return;
    }
    const board = await dashboardNamed(entry.name);
    const search = new URLSearchParams(location.search);
    const time: TimeChoice = { from: board.time.from, to: board.time.to, ...this.#address.time };
    const choices = choicesOf(board.templating.list, search);
    this.#session = new Session(entry.name, board, time, choices, hidden);
    this.#refresh = this.#address.refresh ?? board.refresh;
    this.#build(this.#session);
    this.#remember('replace');
    await this.#load();
  }

  /** A new state of the spec: the same dashboard again, with the time, the choices and the place that were there. */
  async #reload(): Promise<void> {
    const place = scrollY;
    this.#state = await serverState();
    await this.#open(this.#session?.name, this.#session?.hidden);
    scrollTo({ top: place, behavior: 'instant' });
    this.#live.textContent = 'The dashboard has changed and was loaded again';
  }

  #nothing(): void {
    document.body.replaceChildren(
      h(
        'main',
        { class: 'page-notice' },
        h('h1', {}, 'No dashboards'),
        ...this.#problems(),
        h('p', {}, `The spec of ${this.#state.service} has none.`),
      ),
    );
    document.documentElement.dataset['state'] = 'ready';
  }

  #problems(): readonly HTMLElement[] {
    const { problems } = this.#state;
    if (problems.length === 0) return [];
    return [
      h(
        'div',
        { class: 'problems', role: 'alert' },
        icon('warning'),
        h('ul', {}, ...problems.map((problem) => h('li', {}, h('pre', {}, problem)))),
      ),
    ];
  }

  /** What stands in the address. */
  #remember(how: 'push' | 'replace'): void {
    const session = this.#session;
    if (session === undefined) return;
    const search = searchOf({
      dashboard: session.name,
      time: session.time,
      theme: this.#address.theme,
      kiosk: this.#address.kiosk,
      refresh: this.#refresh === session.board.refresh ? undefined : this.#refresh,
      variables: session.parameters,
    });
    if (search === location.search) return;
    if (how === 'push') history.pushState(undefined, '', search);
    else history.replaceState(undefined, '', search);
  }

  #build(session: Session): void {
    closePopup();
    this.#view?.destroy();
    this.#sight.disconnect();
    this.#asked.clear();
    const { board } = session;
    document.title = `${board.title} · obs-gen preview`;
    document.documentElement.dataset['kiosk'] = String(this.#address.kiosk);
    this.#picker = timePicker({
      choice: () => session.time,
      now: () => this.#now(),
      choose: (choice) => {
        this.#chooseTime(choice);
      },
    });
    this.#bar = variablesBar(session.variables, session.annotations, {
      choices: () => session.choices,
      known: (name) => session.known.get(name) ?? [],
      choose: (name, values) => {
        session.choices = new Map([...session.choices, [name, values]]);
        this.#bar?.update();
        this.#remember('push');
        void this.#load();
      },
      isHidden: (name) => session.hidden.has(name),
      toggle: (name) => {
        if (!session.hidden.delete(name)) session.hidden.add(name);
        void this.#load();
      },
      theme: () => this.#theme,
    });
    this.#view = new BoardView(board, this.#rows, (frame) => {
      void this.#show(frame);
    });
    const navigation = {
      service: this.#state.service,
      current: () => session.name,
      href: (name: string) => `/?dashboard=${encodeURIComponent(name)}`,
      go: (name: string) => {
        this.#go(name);
      },
    };
    const { dashboards } = this.#state;
    const kiosk = this.#address.kiosk;
    document.body.replaceChildren(
      h('a', { class: 'skip', href: '#main' }, 'Skip to the dashboard'),
      h(
        'header',
        { class: 'top' },
        kiosk
          ? undefined
          : h(
              'div',
              { class: 'brand' },
              h('span', { class: 'brand-name' }, this.#state.service),
              h('span', { class: 'brand-what' }, 'preview'),
            ),
        kiosk || dashboards.length < 2 ? undefined : navigationButton(dashboards, navigation),
        h('h1', { class: 'board-title', title: board.description }, board.title),
        this.#mode(),
        ...this.#boardLinks(session),
        this.#picker.element,
        this.#refreshTools(),
        kiosk ? undefined : this.#themeButton(),
      ),
      h(
        'div',
        { class: 'below-top' },
        kiosk || dashboards.length < 2 ? undefined : sideNavigation(dashboards, navigation),
        h('main', { id: 'main', tabindex: -1 }, ...this.#problems(), this.#bar.element, this.#view.element),
      ),
      this.#live,
    );
  }

  #mode(): HTMLElement | undefined {
    const { mode, prometheus } = this.#state;
    const texts = { sample: 'Made-up data', live: 'Live data', none: 'No data' } as const;
    const about =
      mode === 'sample'
        ? 'Plausible numbers made up from the spec; the time stands still at their end'
        : (prometheus.reason ?? '');
    return h('span', { class: `mode ${mode}`, title: about === '' ? undefined : about }, texts[mode]);
  }

  #boardLinks(session: Session): readonly HTMLElement[] {
    const links = session.board.links.filter(({ type, url }) => type === 'link' && url !== '');
    if (links.length === 0) return [];
    const made = button(
      { class: 'tool', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
      () => {
        const range = session.range(this.#now());
        openMenu(
          made,
          'Links',
          links.map(({ title, url }) => linkItem(title, session.href(url, range, this.#state))),
        );
      },
      icon('external'),
      h('span', {}, 'Links'),
    );
    return [made];
  }

  #refreshTools(): HTMLElement {
    const label = h('span', {}, this.#refresh === '' ? 'Off' : this.#refresh);
    const every = button(
      { class: 'tool', 'aria-label': 'Refresh interval', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
      () => {
        const choices = ['', ...new Set([...refreshes, ...(this.#refresh === '' ? [] : [this.#refresh])])];
        openMenu(
          every,
          'Refresh interval',
          choices.map((each) => ({
            text: each === '' ? 'Off' : each,
            checked: each === this.#refresh,
            act: () => {
              this.#refresh = each;
              label.textContent = each === '' ? 'Off' : each;
              this.#remember('replace');
              this.#startTimer();
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
      () => void this.#load(),
      icon('refresh'),
    );
    return h('div', { class: 'tools', role: 'group', 'aria-label': 'Refresh' }, now, every);
  }

  #themeButton(): HTMLElement {
    const made = button(
      {
        class: 'tool',
        'aria-label': 'Light theme',
        'aria-pressed': String(this.#theme === 'light'),
        title: 'Dark or light',
      },
      () => {
        this.#theme = this.#theme === 'dark' ? 'light' : 'dark';
        if (this.#address.theme !== undefined) this.#address = { ...this.#address, theme: this.#theme };
        showTheme(this.#theme);
        rememberTheme(this.#theme);
        made.setAttribute('aria-pressed', String(this.#theme === 'light'));
        made.replaceChildren(icon(this.#theme === 'light' ? 'moon' : 'sun'));
        for (const frame of this.#view?.frames ?? []) frame.redraw();
        this.#remember('replace');
      },
      icon(this.#theme === 'light' ? 'moon' : 'sun'),
    );
    return made;
  }

  #go(name: string): void {
    const { time, choices } = this.#session ?? {};
    this.#address = { ...this.#address, dashboard: name, time: this.#address.time };
    const variables = [...(choices ?? [])].flatMap(([variable, values]) =>
      (values ?? []).map((value) => [`var-${variable}`, value] as const),
    );
    const search = new URLSearchParams([['dashboard', name]]);
    for (const [variable, value] of variables) search.append(variable, value);
    if (this.#address.theme !== undefined) search.set('theme', this.#address.theme);
    // A time that somebody chose stays; that of a dashboard is its own.
    const chosen = time !== undefined && time.from !== this.#session?.board.time.from ? time : undefined;
    this.#address = { ...this.#address, time: chosen ?? {} };
    this.#rows = new Map();
    history.pushState(undefined, '', `?${search.toString()}`);
    void this.#open(name).then(() => {
      scrollTo({ top: 0, behavior: 'instant' });
      document.querySelector('main')?.focus({ preventScroll: true });
    });
  }

  #chooseTime(choice: TimeChoice): void {
    if (this.#session === undefined) return;
    this.#session.time = choice;
    this.#address = { ...this.#address, time: choice };
    this.#picker?.update();
    this.#remember('push');
    void this.#load();
  }

  /** Asks for everything again; what was asked for before is given up. */
  async #load(): Promise<void> {
    const session = this.#session;
    const view = this.#view;
    if (session === undefined || view === undefined) return;
    this.#controller.abort();
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    document.documentElement.dataset['state'] = 'loading';
    const range = session.range(this.#now());
    this.#picker?.update();
    if (this.#state.prometheus.available) {
      try {
        await session.loadVariables(range, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
    }
    this.#bar?.update();
    this.#context = contextOf(session, this.#state, range, signal, {
      theme: () => this.#theme,
      zoom: ({ from, to }: TimeRange) => {
        this.#chooseTime({ from: String(from), to: String(to) });
      },
      announce: (text) => {
        this.#live.textContent = text;
      },
    });
    const before = [...this.#asked];
    this.#asked.clear();
    this.#sight.disconnect();
    const all = this.#address.kiosk ? view.frames : before;
    await Promise.all(all.map((frame) => this.#show(frame)));
    if (signal.aborted) return;
    for (const frame of view.frames) this.#sight.observe(frame.element);
    this.#startTimer();
    if (all.length === view.frames.length) this.#settled(signal);
    else requestAnimationFrame(() => void this.#settledSoon(signal));
  }

  readonly #loads = new Set<Promise<void>>();

  /** Loads a panel once in each round; one in a closed row when its row is opened. */
  #show(frame: PanelFrame): Promise<void> {
    const context = this.#context;
    if (context === undefined || this.#asked.has(frame) || frame.element.offsetParent === null)
      return Promise.resolve();
    this.#asked.add(frame);
    const load = frame.load(context).finally(() => this.#loads.delete(load));
    this.#loads.add(load);
    return load;
  }

  async #settledSoon(signal: AbortSignal): Promise<void> {
    // What is in sight is found out after the next picture.
    await new Promise((next) => setTimeout(next, 50));
    while (this.#loads.size > 0) await Promise.all(this.#loads);
    this.#settled(signal);
  }

  #settled(signal: AbortSignal): void {
    if (signal.aborted) return;
    void this.#context?.marks.then(() => {
      requestAnimationFrame(() => {
        if (!signal.aborted) document.documentElement.dataset['state'] = 'ready';
      });
    });
  }

  /** Made-up data stands still: there is nothing new to ask for. */
  #startTimer(): void {
    clearTimeout(this.#timer);
    const every = durationOf(this.#refresh);
    if (every === undefined || this.#state.now !== null) return;
    this.#timer = setTimeout(
      () => {
        if (document.hidden) this.#startTimer();
        else void this.#load();
      },
      Math.max(every, 1000),
    );
  }
}
