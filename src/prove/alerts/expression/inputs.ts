import type { ExternalMetric, Metric, Model } from '../../../model/model.js';
import { seriesNamed } from '../../../model/series.js';
import type { Expr, VectorSelector } from '../../../promql/ast.js';
import type { AlertingRule, RuleGroup } from '../../../promql/rule.js';
import { walk } from '../../../promql/walk.js';
import { choices, labelsOf, selects, valuesOf, type Labels } from '../rows.js';

export type InputKind = 'gauge' | 'counter' | 'histogram';

/** Series that the same selectors read: one of them stands for all. */
export interface Input {
  /** Name of the metric; of a histogram without a suffix. */
  readonly metric: string;
  readonly kind: InputKind;
  /** Upper bounds of a histogram, ascending, without +Inf. */
  readonly buckets: readonly number[];
  /** The values that the metric can have. */
  readonly range: readonly [low: number, high: number];
  readonly labels: Labels;
  /** Other values of labels that change nothing about who reads the series. */
  readonly alternatives: ReadonlyMap<string, string>;
  /** Other series that the same selectors read, by what their matchers let pass. */
  readonly equals: readonly Labels[];
}

export interface Inputs {
  /** Series that the condition reads, by who reads them. */
  readonly read: readonly Input[];
  /** Series of the same metrics that its matchers leave out. */
  readonly excluded: readonly Input[];
}

/** Functions that take a counter. */
const rating = new Set(['rate', 'increase', 'irate', 'resets']);
/** Upper bounds for a histogram whose own are not known. */
const commonBuckets = [0.1, 0.5, 1, 5, 10];

interface Read {
  readonly selector: VectorSelector;
  readonly metric: string;
  readonly isRated: boolean;
}

function readBy(expr: Expr): readonly Read[] {
  const found: Read[] = [];
  walk(expr, (each, parents) => {
    if (each.kind !== 'selector' || each.metric === undefined) return;
    const isRated = parents.some((parent) => parent.kind === 'call' && rating.has(parent.func));
    found.push({ selector: each, metric: each.metric, isRated });
  });
  return found;
}

/** What an alert reads in the end: of records, what they are made from. */
function leaves(rule: AlertingRule, groups: readonly RuleGroup[]): readonly Read[] {
  const records = groups.flatMap(({ rules }) => rules.filter((each) => each.kind === 'record'));
  const made = new Set(records.map(({ record }) => record));
  return [rule.expr, ...records.map(({ expr }) => expr)]
    .flatMap(readBy)
    .filter(({ metric }) => !made.has(metric) && !metric.startsWith('ALERTS'));
}

function kindOf(metric: Metric | ExternalMetric | undefined, reads: readonly Read[]): InputKind {
  switch (metric?.type) {
    case 'counter':
    case 'gauge':
      return metric.type;
    case 'histogram':
      return 'histogram';
    case 'summary':
    case 'unknown':
    case undefined:
      if (reads.some((read) => read.metric.endsWith('_bucket'))) return 'histogram';
      return reads.some(({ isRated }) => isRated) ? 'counter' : 'gauge';
  }
}

function bare(metric: string, kind: InputKind): string {
  return kind === 'histogram' ? metric.replace(/_(?:bucket|sum|count)$/, '') : metric;
}

/** Bounds, those among them that matchers ask for. */
function bucketsOf(metric: Metric | ExternalMetric | undefined, reads: readonly Read[]): readonly number[] {
  const own = metric !== undefined && 'buckets' in metric ? metric.buckets : commonBuckets;
  const asked = reads.flatMap(({ selector }) =>
    selector.matchers
      .filter(({ label, operator }) => label === 'le' && operator === '=')
      .map(({ value }) => Number(value)),
  );
  return [...new Set([...own, ...asked])].filter(Number.isFinite).sort((a, b) => a - b);
}

function inputsOf(model: Model, reads: readonly Read[]): Inputs {
  const metric = seriesNamed(model, reads[0]?.metric ?? '')?.metric;
  const kind = kindOf(metric, reads);
  const name = bare(reads[0]?.metric ?? '', kind);
  // The bound of a bucket is no label to choose: a histogram has all of them.
  const selectors = reads.map(({ selector }) => ({
    ...selector,
    metric: name,
    matchers: selector.matchers.filter(({ label }) => kind !== 'histogram' || label !== 'le'),
  }));
  const matchers = selectors.flatMap((selector) => selector.matchers);
  const asked = new Set(matchers.map(({ label }) => label));
  const [varied, free] = [new Map<string, readonly string[]>(), new Map<string, readonly string[]>()];
  for (const [label, declared] of labelsOf(model, reads[0]?.metric ?? '', selectors)) {
    if (label === 'le') continue;
    const values = valuesOf(label, declared, matchers);
    (asked.has(label) ? varied : free).set(label, values);
  }
  const first = (values: ReadonlyMap<string, readonly string[]>, index: number): [string, string][] =>
    [...values].flatMap(([label, each]): [string, string][] =>
      each[index] === undefined ? [] : [[label, each[index]]],
    );
  const byReaders = new Map<string, Input>();
  const excluded: Input[] = [];
  for (const chosen of choices(varied)) {
    const labels = new Map([...first(free, 0), ...chosen]);
    const readers = selectors
      .flatMap((selector, index) => (selects(selector, name, labels) ? [index] : []))
      .join();
    const known = byReaders.get(readers);
    const made: Input = {
      metric: name,
      kind,
      buckets: kind === 'histogram' ? bucketsOf(metric, reads) : [],
      range: metric?.range ?? [-Infinity, Infinity],
      labels,
      alternatives: new Map(first(free, 1)),
      equals: [],
    };
    if (readers === '') excluded.push(made);
    else if (known === undefined) byReaders.set(readers, made);
    else byReaders.set(readers, withAlternative(known, chosen));
  }
  return { read: [...byReaders.values()], excluded };
}

/** Most values of matchers that have a test each. */
const mostEquals = 9;

/** Remembers a second value of a label that a matcher lets pass. */
function withAlternative(input: Input, chosen: Labels): Input {
  const equals = [...input.equals, new Map([...input.labels, ...chosen])].slice(0, mostEquals);
  const differing = [...chosen].filter(([label, value]) => input.labels.get(label) !== value);
  const [only] = differing;
  if (differing.length !== 1 || only === undefined || input.alternatives.has(only[0]))
    return { ...input, equals };
  return { ...input, equals, alternatives: new Map([...input.alternatives, only]) };
}

/** Series for everything that an alert reads. @throws EvaluationError for a pattern that is not understood */
export function findInputs(model: Model, rule: AlertingRule, groups: readonly RuleGroup[]): Inputs {
  const byMetric = new Map<string, Read[]>();
  for (const read of leaves(rule, groups)) {
    const base = seriesNamed(model, read.metric)?.metric.name ?? read.metric;
    byMetric.set(base, [...(byMetric.get(base) ?? []), read]);
  }
  const found = [...byMetric.values()].map((reads) => inputsOf(model, reads));
  return { read: found.flatMap(({ read }) => read), excluded: found.flatMap(({ excluded }) => excluded) };
}

/** A second series beside an input: other values of some labels. Undefined where one of them has no other value. */
export function twinOf(input: Input, varied: ReadonlyMap<string, string>): Input {
  const labels = new Map(input.labels);
  for (const [label, value] of varied) if (labels.has(label)) labels.set(label, value);
  return { ...input, labels };
}
