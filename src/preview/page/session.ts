import type { Annotation, Board } from './board.js';
import { colourOf, type Theme } from './format/colours.js';
import type { Context, Mark, ServerState } from './parts/context.js';
import { previewUrl } from './parts/url.js';
import { interpolate, type Chosen } from './query/interpolate.js';
import { intervalsOf } from './query/interval.js';
import { marksOf } from './query/marks.js';
import { labelValues, queryRange } from './query/prometheus.js';
import { rangeOf, type TimeChoice, type TimeRange } from './query/time.js';
import { choiceParameters, chosenOf, stepsOf, valuesRequest, type Choices } from './query/variables.js';

/** What is shown of one dashboard: the time, what is chosen, what is marked. */
export class Session {
  readonly board: Board;
  readonly name: string;
  time: TimeChoice;
  choices: Choices;
  /** The values of each variable. */
  known: ReadonlyMap<string, readonly string[]> = new Map();
  readonly hidden: Set<string>;

  constructor(name: string, board: Board, time: TimeChoice, choices: Choices, hidden: Set<string>) {
    this.name = name;
    this.board = board;
    this.time = time;
    this.choices = choices;
    this.hidden = hidden;
  }

  get variables(): Board['templating']['list'] {
    return this.board.templating.list;
  }

  /** What people may switch on and off. */
  get annotations(): readonly Annotation[] {
    return this.board.annotations.list.filter(({ hide, expr }) => hide !== true && typeof expr === 'string');
  }

  get chosen(): ReadonlyMap<string, Chosen> {
    return chosenOf(this.variables, this.choices, this.known);
  }

  get parameters(): readonly (readonly [string, string])[] {
    return choiceParameters(this.variables, this.choices);
  }

  /** @param now milliseconds since 1970 */
  range(now: number): TimeRange {
    return rangeOf(this.time, now);
  }

  /** Asks for the values of all variables, those first that others depend on. What cannot be asked has none. */
  async loadVariables(range: TimeRange, signal: AbortSignal): Promise<void> {
    for (const step of stepsOf(this.variables)) {
      const found = await Promise.all(
        step.map(async (variable) => {
          const request = valuesRequest(variable, this.chosen);
          if (request === undefined) return [variable.name, []] as const;
          const values = await labelValues(request.label, request.selector, range, signal).catch(
            (error: unknown) => {
              if (signal.aborted) throw error;
              return [];
            },
          );
          const sorted = [...values].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
          return [variable.name, sorted] as const;
        }),
      );
      this.known = new Map([...this.known, ...found]);
    }
  }

  /** What is marked on the time axis. */
  async marks(
    range: TimeRange,
    state: ServerState,
    theme: Theme,
    signal: AbortSignal,
  ): Promise<readonly Mark[]> {
    if (!state.prometheus.available) return [];
    const shown = this.annotations.filter(({ name, enable }) => enable && !this.hidden.has(name));
    const found = await Promise.all(
      shown.map(async (annotation) => {
        const own = typeof annotation.step === 'string' ? annotation.step : undefined;
        const { step, rate } = intervalsOf({
          range: range.to - range.from,
          points: 600,
          least: [own],
          scrapeInterval: state.scrapeInterval,
          queryInterval: own,
        });
        const builtIn = new Map([
          ['__interval', `${step}ms`],
          ['__rate_interval', `${rate}ms`],
        ]);
        const query = interpolate(annotation.expr as string, this.chosen, builtIn);
        const grid = { from: Math.floor(range.from / step) * step, to: range.to, step };
        const rows = await queryRange(query, grid, signal).catch(() => []);
        return marksOf(annotation, rows, step, colourOf(annotation.iconColor, theme));
      }),
    );
    return found.flat();
  }

  /** A link of the dashboard, with the time and the variables filled in. */
  href(url: string, range: TimeRange, state: ServerState): string {
    const builtIn = new Map([
      [
        '__url_time_range',
        `from=${encodeURIComponent(this.time.from)}&to=${encodeURIComponent(this.time.to)}`,
      ],
      [
        '__all_variables',
        this.parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
      ],
      ['__from', String(range.from)],
      ['__to', String(range.to)],
    ]);
    const uids = new Map(
      state.dashboards.map(({ name }) => [name, name === this.name ? this.board.uid : name]),
    );
    return previewUrl(interpolate(url, this.chosen, builtIn), uids);
  }
}

/** Where a session leads to when somebody drags over a chart, or listens. */
export interface Surroundings {
  readonly theme: () => Theme;
  readonly zoom: (range: TimeRange) => void;
  readonly announce: (text: string) => void;
}

/** What the panels of one load have in common. */
export function contextOf(
  session: Session,
  state: ServerState,
  range: TimeRange,
  signal: AbortSignal,
  { theme, zoom, announce }: Surroundings,
): Context {
  return {
    state,
    range,
    chosen: session.chosen,
    signal,
    marks: session.marks(range, state, theme(), signal),
    theme,
    zoom,
    announce,
    href: (url) => session.href(url, range, state),
  };
}
