import type { Text } from '../diagnostics/text.js';
import type { Expr } from '../promql/ast.js';
import type { Spec } from '../spec/spec.js';
import type { Dashboard } from './dashboard.js';
import type { Duration } from './duration.js';
import type { Origin, Repaired } from './origin.js';
import type { Budgets, Service, Target } from './service.js';
import type { Stack } from './stack.js';

export type { Budgets, Dashboard, Duration, Origin, Repaired, Service, Stack, Target };
export type { Panel, PanelSource, PanelType, Show } from './dashboard.js';

/**
 * The one intermediate representation: every reference resolved to the node it names, every default filled in, every node frozen and
 * with its origin. Checks and emitters read this and nothing else; maps keep the order of the spec, presets after the user's own entries.
 */
export interface Model {
  readonly service: Service;
  readonly target: Target;
  readonly budgets: Budgets;
  readonly labels: ReadonlyMap<string, Label>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly external: ReadonlyMap<string, ExternalMetric>;
  readonly spans: ReadonlyMap<string, Span>;
  readonly logs: Logs;
  readonly slis: ReadonlyMap<string, Sli>;
  readonly slos: ReadonlyMap<string, Slo>;
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly dashboards: ReadonlyMap<string, Dashboard>;
  /** Undefined where the spec says nothing of it. */
  readonly stack: Stack | undefined;
  readonly suppressions: readonly Suppression[];
  readonly allowances: readonly Allowance[];
  /** Sections whose references are only to themselves, as the schema describes them, defaults not filled in. */
  readonly sections: Pick<
    Spec,
    | 'traffic'
    | 'health'
    | 'correlation'
    | 'errors'
    | 'security'
    | 'cost'
    | 'gpu'
    | 'instrument'
    | 'traces'
    | 'stack'
  >;
}

export type LabelBound =
  | { readonly kind: 'closed'; readonly values: readonly string[] }
  | { readonly kind: 'registered'; readonly cap: number }
  | { readonly kind: 'open'; readonly cap: number };

export interface Label {
  /** The key in the spec; a preset's label has the preset's name before a dot. */
  readonly key: string;
  /** The name in PromQL, on the scraped page and in the helpers' arguments. */
  readonly wire: string;
  readonly description: string;
  readonly bound: LabelBound;
  readonly origin: Origin;
  readonly repaired: Repaired;
}

export type MetricType = 'counter' | 'gauge' | 'histogram';

export type Aggregate = 'sum' | 'min' | 'max' | 'average' | 'first';

export interface Deprecation {
  readonly replacedBy: string | undefined;
  /** ISO date from which the metric may be gone; absence is a finding of a check. */
  readonly sunset: string | undefined;
  readonly reason: string | undefined;
}

/** A metric that had another name, which others still read. */
export interface Renaming {
  readonly name: string;
  /** ISO date from which the old name is to go. */
  readonly until: string;
}

export interface Metric {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  /** Base unit, from the name: seconds, bytes, usd, ratio, celsius, tokens, …; undefined where the name has none. */
  readonly unit: string | undefined;
  readonly labels: readonly Label[];
  /** Upper bounds of a histogram's buckets, ascending, without +Inf; empty for other types. */
  readonly buckets: readonly number[];
  readonly exemplars: boolean;
  /** How the values of several processes of one instance become one; `sum` for counters and histograms. */
  readonly aggregate: Aggregate;
  /** As written; what is done where it is absent is decided from `readers`. */
  readonly init: boolean | undefined;
  /** Whether the helpers create the known rows at 0: `init`, or that something of the spec reads the counter. */
  readonly initialised: boolean;
  /** Values outside cannot be. */
  readonly range: readonly [number, number] | undefined;
  readonly expireAfter: Duration | undefined;
  readonly deprecated: Deprecation | undefined;
  /** The name under which it is exposed as well, until the key is taken out. */
  readonly renamedFrom: Renaming | undefined;
  /** ISO date from which a warning asks whether it is still wanted; the output does not depend on it. */
  readonly expires?: string | undefined;
  readonly owner: string | undefined;
  /**
   * What the spec itself reads it with: 'slo run-success', 'alert QueueGrowing', 'dashboard overview', in that form, sorted; 'sli x'
   * for an SLI that no SLO uses.
   */
  readonly readers: readonly string[];
  readonly origin: Origin;
  readonly repaired: Repaired;
}

/** A metric that others expose and queries may use. */
export interface ExternalMetric {
  readonly name: string;
  readonly type: MetricType | 'summary' | 'unknown';
  /** Undefined: any label. */
  readonly labels: readonly string[] | undefined;
  readonly range: readonly [number, number] | undefined;
  /** A native histogram: one series of its bare name, without buckets of its own. */
  readonly native: boolean;
  readonly origin: Origin;
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type AttributeType =
  'string' | 'int' | 'double' | 'boolean' | 'json' | 'string[]' | 'int[]' | 'double[]' | 'boolean[]';
export type Sensitivity = 'none' | 'content' | 'pii' | 'secret';

export interface SpanAttribute {
  /** The key in the spec and in the helpers' argument. */
  readonly name: string;
  /** The attribute's name on the exported span. */
  readonly exportedName: string;
  /** The label that gives the attribute its values; then `type` is string. */
  readonly label: Label | undefined;
  readonly type: AttributeType;
  readonly sensitivity: Sensitivity;
  readonly description: string | undefined;
  readonly origin: Origin;
}

export interface Span {
  readonly name: string;
  readonly kind: SpanKind;
  readonly description: string | undefined;
  /** Name of a GenAI convention: `gen_ai.chat`, `gen_ai.execute_tool`, … */
  readonly convention: string | undefined;
  readonly attributes: readonly SpanAttribute[];
  /** Attributes that every such span has, with their values: what the convention fixes (gen_ai.operation.name = chat). */
  readonly constants: ReadonlyMap<string, string>;
  readonly record: {
    readonly count: Metric | undefined;
    readonly duration: Metric | undefined;
    readonly firstChunk: Metric | undefined;
  };
  readonly outcome: { readonly label: Label; readonly ok: string; readonly error: string } | undefined;
  readonly children: readonly string[];
  readonly origin: Origin;
  readonly repaired: Repaired;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
export type FieldType = 'string' | 'int' | 'double' | 'boolean' | 'ip' | 'json';

export interface LogEvent {
  readonly name: string;
  readonly level: LogLevel;
  readonly category: string | undefined;
  readonly message: string;
  readonly fields: readonly { readonly name: string; readonly type: FieldType }[];
  /** ISO date from which a warning asks whether it is still wanted; the output does not depend on it. */
  readonly expires?: string | undefined;
  readonly origin: Origin;
}

/** Where log lines go. */
export interface LogOutputs {
  readonly stdout: boolean;
  readonly otlp: boolean;
  readonly file: { readonly path: string; readonly maxBytes: number; readonly keep: number } | undefined;
}

export interface Logs {
  readonly level: LogLevel;
  readonly format: 'json' | 'pretty' | 'auto';
  readonly redact: { readonly keys: readonly string[]; readonly patterns: readonly string[] };
  readonly outputs: LogOutputs;
  /** Whether the helpers bring options for pino. */
  readonly pino: boolean;
  readonly events: ReadonlyMap<string, LogEvent>;
}

/** A query of the user. Where its syntax is wrong, that has been reported and `expr` is undefined. */
export interface Query {
  readonly text: Text;
  readonly expr: Expr | undefined;
}

interface SliBase {
  readonly name: string;
  readonly description: string | undefined;
  readonly origin: Origin;
  readonly repaired: Repaired;
}

export interface EventsSli extends SliBase {
  readonly form: 'events';
  readonly total: Query;
  /** Exactly one of the two is written. */
  readonly good: Query | undefined;
  readonly bad: Query | undefined;
}
export interface LatencySli extends SliBase {
  readonly form: 'latency';
  readonly histogram: Metric;
  readonly matchers: Query | undefined;
  readonly threshold: Duration;
}
/** The form `latency` on a native histogram of others: its buckets are where the observations are, so that any threshold can be asked for. */
export interface NativeLatencySli extends SliBase {
  readonly form: 'nativeLatency';
  readonly histogram: ExternalMetric;
  readonly matchers: Query | undefined;
  readonly threshold: Duration;
}
export interface TimeSliceSli extends SliBase {
  readonly form: 'timeSlice';
  readonly query: Query;
  readonly op: '<=' | '<' | '>=' | '>' | '==' | '!=';
  readonly value: number;
}
export interface BooleanSli extends SliBase {
  readonly form: 'boolean';
  readonly gauge: Metric;
}
export interface FreshnessSli extends SliBase {
  readonly form: 'freshness';
  readonly timestamp: Metric;
  readonly maxAge: Duration;
}
export interface QuantileSli extends SliBase {
  readonly form: 'quantile';
  readonly histogram: Metric;
  readonly q: number;
  readonly by: readonly Label[];
}
export interface QuerySli extends SliBase {
  readonly form: 'query';
  /** `$window` stands for the window. */
  readonly query: Query;
  readonly unit: string | undefined;
}
export type Sli =
  | EventsSli
  | LatencySli
  | NativeLatencySli
  | TimeSliceSli
  | BooleanSli
  | FreshnessSli
  | QuantileSli
  | QuerySli;

/** One arm of a multi-window burn-rate alert. */
export interface BurnArm {
  readonly severity: 'page' | 'ticket';
  readonly long: Duration;
  readonly short: Duration;
  readonly factor: number;
}

/** What is done once so much of the error budget is left. */
export interface PolicyStep {
  /** Percent of the budget. */
  readonly left: number;
  /** Markdown. */
  readonly action: string;
  /** Who decides; undefined: the owner of the objective. */
  readonly who: string | undefined;
}

export interface Slo {
  readonly name: string;
  readonly description: string | undefined;
  readonly sli: Sli;
  /** Percent, as written, so that decimal arithmetic can be exact: "99.5". */
  readonly objective: string;
  readonly period: Duration;
  readonly by: readonly Label[];
  /** The name of a catalogue of windows, or arms written out. */
  readonly windows: 'workbook' | 'sloth' | 'pyrra' | readonly BurnArm[];
  readonly alerting: {
    readonly page: boolean;
    readonly ticket: boolean;
    /** Bad events that an arm's long window must hold before it may fire; undefined: worked out from the budget. */
    readonly minEvents: number | undefined;
    /** For how long there is no data before an alert tells so; undefined: no such alert. */
    readonly noData: Duration | undefined;
  };
  /** What is done as the budget runs out: Markdown, or steps, most of the budget left first; undefined: it is not said. */
  readonly policy: string | readonly PolicyStep[] | undefined;
  readonly owner: string | undefined;
  readonly origin: Origin;
  readonly repaired: Repaired;
}

export interface RatioCondition {
  readonly form: 'ratio';
  readonly part: Query;
  readonly whole: Query;
  readonly by: readonly Label[];
  readonly over: Duration;
  readonly above: number | undefined;
  readonly below: number | undefined;
  /** Events of the whole; undefined: worked out from the limit. */
  readonly minEvents: number | undefined;
}
export interface ExprCondition {
  readonly form: 'expr';
  readonly query: Query;
}
export interface AbsentCondition {
  readonly form: 'absent';
  readonly metric: Metric | ExternalMetric;
  readonly selector: Query;
}
export interface AnomalyCondition {
  readonly form: 'anomaly';
  readonly query: Query;
  readonly season: Duration;
  readonly deviations: number;
  /** Usual level, in the unit of the query, below which nothing is unusual. */
  readonly minimum: number | undefined;
  readonly direction: 'above' | 'below' | 'both';
}
export interface ForecastCondition {
  readonly form: 'forecast';
  readonly metric: Metric | ExternalMetric;
  readonly by: readonly Label[];
  readonly horizon: Duration;
  readonly over: Duration;
  readonly above: number | undefined;
  readonly below: number | undefined;
}
export type AlertCondition =
  RatioCondition | ExprCondition | AbsentCondition | AnomalyCondition | ForecastCondition;

export interface Alert {
  readonly name: string;
  readonly condition: AlertCondition;
  readonly for: Duration | undefined;
  readonly keepFiringFor: Duration | undefined;
  readonly severity: 'page' | 'ticket' | 'info';
  /** Alertmanager templates, as written. */
  readonly summary: Text;
  readonly description: Text | undefined;
  /** Markdown: first steps. */
  readonly runbook: string | undefined;
  /** Names of the alerts that are symptoms of this one; empty: none. */
  readonly inhibits: 'all' | readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  /** ISO date from which a warning asks whether it is still wanted; the output does not depend on it. */
  readonly expires?: string | undefined;
  readonly owner: string | undefined;
  readonly origin: Origin;
  readonly repaired: Repaired;
}

/** A finding that the authors accept. */
export interface Suppression {
  readonly code: string;
  /** `alerts.QueueGrowing`, `metrics.x_total.labels`: the entry, or a key in it. */
  readonly at: string;
  readonly reason: string;
  readonly until: string | undefined;
  readonly origin: Origin;
}

/** What a change can break: call sites of the helpers, what is exposed, what reads it, when somebody is told. */
export type ChangeClass = 'CODE' | 'SERIES' | 'QUERY' | 'ALERT';

/** A breaking change that the authors accept. */
export interface Allowance {
  /** `metrics.x_total`, `metrics.x_total.labels`: the entry, or a key in it. */
  readonly at: string;
  readonly allow: readonly ChangeClass[];
  readonly reason: string;
  readonly until: string;
  readonly origin: Origin;
}
