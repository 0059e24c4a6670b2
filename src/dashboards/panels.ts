import { metricQueries } from '../emit/grafana/queries.js';
import type {
  Alert,
  Label,
  Metric,
  Model,
  Origin,
  Panel,
  PanelSource,
  PanelType,
  Show,
  Slo,
} from '../model/model.js';
import { textAt } from '../model/origin.js';
import type { Expr } from '../promql/ast.js';
import { alertOn } from './limits.js';

/** What a panel says of itself. */
export interface Words {
  readonly title: string;
  /** What is good, and what to do where it is not. What is measured, the emitter adds from the metrics' help. */
  readonly description: string;
}

interface Look {
  readonly type?: PanelType;
  /** A Grafana unit where that of the metrics is not the one. */
  readonly unit?: string;
  readonly stack?: boolean;
  /** The alert whose limit is drawn; without it, the one that watches what is shown. */
  readonly alert?: Alert | undefined;
}

function panel(words: Words, origin: Origin, source: PanelSource, look: Look): Panel {
  return Object.freeze({
    title: words.title,
    type: look.type ?? 'timeseries',
    description: words.description,
    unit: look.unit,
    stack: look.stack ?? false,
    source: Object.freeze(source),
    thresholdsFrom: look.alert,
    origin,
  });
}

/** Panel types that have room for one number where nothing is asked for by label. */
const singles: ReadonlySet<PanelType> = new Set(['stat', 'gauge', 'bargauge']);

/** A panel of one metric; the emitter knows the function for its type. */
export function metricPanel(
  model: Model,
  metric: Metric,
  words: Words,
  view: { readonly show: readonly Show[]; readonly by?: readonly Label[] },
  look: Look = {},
): Panel {
  const { show, by = [] } = view;
  const single = singles.has(look.type ?? 'timeseries');
  const [query] = metricQueries({
    ...{ metric, show: show.slice(0, 1), by, title: words.title, single },
    window: 'step',
  });
  const alert =
    look.alert ?? (show.length === 1 && query !== undefined ? alertOn(model, query.expr) : undefined);
  return panel(words, metric.origin, { kind: 'metric', metric, show, by }, { ...look, alert });
}

/** A line of a panel: its name, and what it shows. */
export interface Line {
  readonly name?: string | undefined;
  readonly expr: Expr;
}

/** A panel of what several metrics come to. @param about the metric or objective that it stands for */
export function linesPanel(
  model: Model,
  about: Pick<Metric | Slo, 'origin'>,
  words: Words,
  lines: readonly Line[],
  look: Look = {},
): Panel {
  const [only, ...others] = lines;
  const alert =
    look.alert ?? (only !== undefined && others.length === 0 ? alertOn(model, only.expr) : undefined);
  const expressions = lines.map(({ name, expr }) => Object.freeze({ name, expr }));
  return panel(words, about.origin, { kind: 'expressions', expressions }, { ...look, alert });
}

/** What an alert watches, with its limit or its usual level. */
export function alertPanel(alert: Alert, words: Words, look: Look = {}): Panel {
  return panel(words, alert.origin, { kind: 'alert', alert }, { ...look, alert });
}

/** An objective: what was promised, what is left of the budget, how fast it burns. */
export function sloPanel(slo: Slo, words: Words): Panel {
  return panel(words, slo.origin, { kind: 'slo', slo }, {});
}

/** All objectives in one table. */
export function objectivesPanel(slos: readonly [Slo, ...Slo[]], words: Words): Panel {
  return panel(words, slos[0].origin, { kind: 'objectives', slos }, { type: 'table' });
}

/** The alerts of the service, or of one objective. */
export function alertListPanel(origin: Origin, words: Words, slo?: Slo): Panel {
  return panel(words, origin, { kind: 'alertlist', slo }, { type: 'alertlist' });
}

/** Log lines or traces. @param query LogQL or TraceQL */
export function searchPanel(origin: Origin, type: 'logs' | 'traces', words: Words, query: string): Panel {
  return panel(words, origin, { kind: 'foreign', query: textAt(query, origin.key) }, { type });
}
