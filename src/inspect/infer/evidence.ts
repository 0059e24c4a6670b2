/** What a source says the type of a metric is; `unknown` where it does not say. */
export type SeenType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';

/** Where something was seen: `src/metrics.ts:12`, `http://…/metrics:40`. */
export interface Sighting {
  readonly kind: 'page' | 'code' | 'rules' | 'dashboard';
  readonly where: string;
}

/** What is known of a label of one metric. */
export interface SeenLabel {
  /** Values, in the order in which they were first seen, and how many observations each has: what counters and histograms counted, else 1. */
  readonly values: Map<string, number>;
  /** Those of them that code passes as literals. */
  readonly literals: Set<string>;
  /** Calls in the code whose value is a literal, and calls whose value is not. */
  literalCalls: number;
  openCalls: number;
  /** Rows of pages that have it. */
  rows: number;
}

/** What all sources together say of a metric. */
export interface SeenMetric {
  readonly name: string;
  type: SeenType;
  /** Why the type is no more than a guess; undefined where a source states it. */
  typeGuess: string | undefined;
  help: string | undefined;
  readonly labels: Map<string, SeenLabel>;
  /** Upper bounds without +Inf; undefined where no source has them. */
  buckets: readonly number[] | undefined;
  bucketsGuess: string | undefined;
  exemplars: boolean;
  aggregate: 'sum' | 'first' | 'min' | 'max' | 'average' | undefined;
  /** Smallest and largest value seen of a gauge. */
  low: number;
  high: number;
  /** Whether the name is no more than a guess, and why: what an exporter makes of a name of OpenTelemetry. */
  nameGuess: string | undefined;
  /** Rows of pages: where there are none, nothing was recorded. */
  rows: number;
  readonly sightings: Sighting[];
}

/** A span that code opens. */
export interface SeenSpan {
  readonly name: string;
  kind: string | undefined;
  readonly attributes: Map<string, 'string' | 'int' | 'double' | 'boolean'>;
  readonly sightings: Sighting[];
}

/** Something that was found and not taken, or taken with a reservation. */
export interface InferNote {
  /**
   * `left out`: found, not in the spec; `changed`: in the spec, not as it was found; `look`: taken as it is, and worth a look: it looks
   * like an identifier, or like a mistake.
   */
  readonly kind: 'left out' | 'changed' | 'look';
  /** `alerts.HighLatency`, `labels.user_id`; what it is about. */
  readonly subject: string;
  readonly message: string;
  /** Where it was found. */
  readonly where: string | undefined;
}

/** An alert of a rule file. */
export interface SeenAlert {
  readonly name: string;
  readonly expr: string;
  readonly for: string | undefined;
  readonly keepFiringFor: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly where: string;
}

/** A rule that records a series. */
export interface SeenRecord {
  readonly name: string;
  readonly expr: string;
  /** Whether what is recorded is what the query gives: the rule adds no labels, and is the only one of its name. */
  readonly isExact: boolean;
  readonly where: string;
}

/** A panel of a dashboard, in the words of the spec. */
export interface SeenPanel {
  readonly title: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly query: string | undefined;
  readonly queries: ReadonlyMap<string, string> | undefined;
  readonly unit: string | undefined;
  readonly stack: boolean;
  readonly text: string | undefined;
  readonly where: string;
}

export interface SeenBoard {
  readonly title: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly SeenPanel[] }[];
  /** Labels that the dashboard can be narrowed by. */
  readonly variables: readonly string[];
  readonly where: string;
}

/** The names that one which is made at run time may have. */
export interface NamePattern {
  test(name: string): boolean;
}

/** Everything that was seen, by name. */
export class Evidence {
  readonly metrics = new Map<string, SeenMetric>();
  readonly spans = new Map<string, SeenSpan>();
  readonly alerts: SeenAlert[] = [];
  readonly records = new Map<string, SeenRecord>();
  /** Names of records whose query was put in the place of the series. */
  readonly inlined = new Set<string>();
  readonly boards: SeenBoard[] = [];
  readonly notes: InferNote[] = [];
  /** Labels that the registry puts on every metric, with their value where it is a literal. */
  readonly defaultLabels = new Map<string, string | undefined>();
  /** Prefixes that prom-client's default metrics are collected with; the empty one among them. */
  readonly defaultPrefixes = new Set<string>();
  /** Names that code makes at run time, as far as they are known. */
  readonly namePatterns: { readonly pattern: NamePattern; readonly metric: SeenMetric }[] = [];
  /** Number of pages that were read. */
  pages = 0;

  /** The metric of a name; made where it is seen first. */
  metric(name: string): SeenMetric {
    let found = this.metrics.get(name);
    if (found === undefined) {
      found = newMetric(name);
      this.metrics.set(name, found);
    }
    return found;
  }

  note(kind: InferNote['kind'], subject: string, message: string, where?: string): void {
    const isKnown = this.notes.some((each) => each.subject === subject && each.message === message);
    if (!isKnown) this.notes.push({ kind, subject, message, where });
  }
}

export function newMetric(name: string): SeenMetric {
  return {
    name,
    type: 'unknown',
    typeGuess: undefined,
    help: undefined,
    labels: new Map(),
    buckets: undefined,
    bucketsGuess: undefined,
    exemplars: false,
    aggregate: undefined,
    low: Infinity,
    high: -Infinity,
    nameGuess: undefined,
    rows: 0,
    sightings: [],
  };
}

/** The label of a metric; made where it is seen first. */
export function labelOf(metric: SeenMetric, name: string): SeenLabel {
  let found = metric.labels.get(name);
  if (found === undefined) {
    found = { values: new Map(), literals: new Set(), literalCalls: 0, openCalls: 0, rows: 0 };
    metric.labels.set(name, found);
  }
  return found;
}

/** Adds an observation of a value. @param weight observations that it stands for */
export function addValue(label: SeenLabel, value: string, weight = 1): void {
  label.values.set(value, (label.values.get(value) ?? 0) + weight);
}

/** Whether a metric was seen in a source of this kind. */
export function seenIn(metric: SeenMetric, kind: Sighting['kind']): boolean {
  return metric.sightings.some((each) => each.kind === kind);
}
