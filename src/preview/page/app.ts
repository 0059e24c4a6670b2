import type { Theme } from './format/colours.js';
import { PanelLoads } from './panel-loads.js';
import { BoardView } from './parts/board-view.js';
import type { ServerState } from './parts/context.js';
import { h } from './parts/dom.js';
import { navigationButton, sideNavigation } from './parts/navigation.js';
import { noDataBox, noticePage, problemsBox } from './parts/notices.js';
import { brand, linksButton, modeSign, refreshTools, themeButton } from './parts/page-head.js';
import { closePopup } from './parts/popup.js';
import { dashboardNamed, serverState, watchGenerations } from './parts/server.js';
import { initialTheme, rememberTheme, showTheme } from './parts/theme.js';
import { timePicker } from './parts/time-picker.js';
import { addressOf, searchOf, type Address } from './parts/url.js';
import { variablesBar } from './parts/variables-bar.js';
import { durationOf } from './query/interval.js';
import type { TimeChoice, TimeRange } from './query/time.js';
import { choicesOf } from './query/variables.js';
import { contextOf, Session } from './session.js';

/** The whole page. */
export class App {
  #state: ServerState;
  #address: Address;
  #theme: Theme;
  #session: Session | undefined;
  #view: BoardView | undefined;
  #controller = new AbortController();
  #bar: { readonly element: HTMLElement; update(): void } | undefined;
  #picker: { readonly element: HTMLElement; update(): void } | undefined;
  #refresh = '';
  #timer: number | undefined;
  /** Rows that were opened or closed by hand. */
  #rows = new Map<number, boolean>();
  readonly #loads = new PanelLoads();
  readonly #live = h('div', { class: 'visually-hidden', 'aria-live': 'polite', role: 'status' });

  constructor(state: ServerState) {
    this.#state = state;
    this.#address = addressOf(new URLSearchParams(location.search));
    this.#theme = initialTheme(this.#address.theme);
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
      noticePage(
        'No dashboards',
        problemsBox(this.#state),
        h('p', {}, `The spec of ${this.#state.service} has none.`),
      ),
    );
    document.documentElement.dataset['state'] = 'ready';
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
      rows: this.#address.rows,
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
    this.#view = new BoardView(board, this.#rows, this.#address.rows === 'open', (frame) => {
      void this.#loads.show(frame);
    });
    this.#loads.start(this.#view.frames);
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
        kiosk ? undefined : brand(this.#state.service),
        kiosk || dashboards.length < 2 ? undefined : navigationButton(dashboards, navigation),
        h('h1', { class: 'board-title', title: board.description }, board.title),
        modeSign(this.#state),
        linksButton(board.links, (url) => session.href(url, session.range(this.#now()), this.#state)),
        this.#picker.element,
        this.#refreshTools(),
        kiosk ? undefined : themeButton(this.#theme, () => this.#turnTheme()),
      ),
      h(
        'div',
        { class: 'below-top' },
        kiosk || dashboards.length < 2 ? undefined : sideNavigation(dashboards, navigation),
        h(
          'main',
          { id: 'main', tabindex: -1 },
          problemsBox(this.#state),
          noDataBox(this.#state),
          this.#bar.element,
          this.#view.element,
        ),
      ),
      this.#live,
    );
  }

  #refreshTools(): HTMLElement {
    return refreshTools({
      every: () => this.#refresh,
      choose: (every) => {
        this.#refresh = every;
        this.#remember('replace');
        this.#startTimer();
      },
      now: () => void this.#load(),
    });
  }

  #turnTheme(): Theme {
    this.#theme = this.#theme === 'dark' ? 'light' : 'dark';
    if (this.#address.theme !== undefined) this.#address = { ...this.#address, theme: this.#theme };
    showTheme(this.#theme);
    rememberTheme(this.#theme);
    for (const frame of this.#view?.frames ?? []) frame.redraw();
    this.#remember('replace');
    return this.#theme;
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
    const context = contextOf(session, this.#state, range, signal, {
      theme: () => this.#theme,
      zoom: ({ from, to }: TimeRange) => {
        this.#chooseTime({ from: String(from), to: String(to) });
      },
      announce: (text) => {
        this.#live.textContent = text;
      },
    });
    await this.#loads.round(context, this.#address.kiosk);
    if (signal.aborted) return;
    this.#startTimer();
    if (!this.#address.kiosk) await this.#loads.idle();
    await context.marks;
    requestAnimationFrame(() => {
      if (!signal.aborted) document.documentElement.dataset['state'] = 'ready';
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
