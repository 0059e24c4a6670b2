import type { EventsSli, Label, Metric, Model, Query, RatioCondition, Span } from '../model/model.js';
import { seriesNamed } from '../model/series.js';
import type { Matcher, VectorSelector } from '../promql/ast.js';
import { matcher } from '../promql/build.js';

const badWords =
  /error|fail|timeout|timed_out|crash|exceeded|max_steps|loop_|oom|^5xx$|unhealthy|rate_limit|nonzero|expired/;
/** Whoever asked did something wrong, or changed their mind: no failure of the service. */
const otherWords = /client_error|invalid|cancel|denied|skipped|content_filter|context_length/;
const goodWords = /^(?:ok|success|succeeded|completed?|done|hit|allow(?:ed)?|approved|2xx|pass(?:ed)?)$/;

function valuesOf({ bound }: Label): readonly string[] {
  return bound.kind === 'closed' ? bound.values : [];
}

/** The label that says how something ended: its values are closed, some of them good and some bad. */
export function outcomeLabel({ labels }: Pick<Metric, 'labels'>): Label | undefined {
  return labels.find((label) => {
    const values = valuesOf(label);
    return values.some((value) => goodWords.test(value)) && values.some((value) => badWords.test(value));
  });
}

/** Which events are failures, of which events. */
export interface Failures {
  readonly metric: Metric;
  readonly part: readonly Matcher[];
  readonly whole: readonly Matcher[];
  /** What failures are told apart by where an alert does so. */
  readonly by: readonly Label[] | undefined;
}

/** A query that is one selector of a metric's events. */
function plainSelector(model: Model, query: Query | undefined, metric: Metric): VectorSelector | undefined {
  const expr = query?.expr;
  if (expr?.kind !== 'selector' || expr.metric === undefined) return undefined;
  const series = seriesNamed(model, expr.metric);
  const counts = series?.part === 'count' || (series?.part === 'value' && metric.type === 'counter');
  return series?.metric === metric && counts && expr.offset === undefined ? expr : undefined;
}

function ofRatio(model: Model, metric: Metric, condition: RatioCondition): Failures | undefined {
  const part = plainSelector(model, condition.part, metric);
  const whole = plainSelector(model, condition.whole, metric);
  if (part === undefined || whole === undefined) return undefined;
  return { metric, part: part.matchers, whole: whole.matchers, by: condition.by };
}

const negations: Partial<Record<Matcher['operator'], Matcher['operator']>> = { '=': '!=', '=~': '!~' };

function ofSli(model: Model, metric: Metric, { total, good, bad }: EventsSli): Failures | undefined {
  const whole = plainSelector(model, total, metric);
  if (whole === undefined) return undefined;
  const failed = plainSelector(model, bad, metric);
  if (failed !== undefined) return { metric, part: failed.matchers, whole: whole.matchers, by: undefined };
  const well = plainSelector(model, good, metric);
  const [only, ...others] = (well?.matchers ?? []).filter(
    (each) => !whole.matchers.some(({ label, value }) => label === each.label && value === each.value),
  );
  const operator = only && negations[only.operator];
  if (only === undefined || operator === undefined || others.length > 0) return undefined;
  const part = [...whole.matchers, matcher(only.label, operator, only.value)];
  return { metric, part, whole: whole.matchers, by: undefined };
}

/** How many ways of ending a part of the events has: the more, the nearer it is to all failures. */
function breadth({ labels }: Metric, { expr }: Query): number {
  const matchers = expr?.kind === 'selector' ? expr.matchers : [];
  return matchers.reduce((sum, { label, operator, value }) => {
    const known = labels.find(({ wire }) => wire === label);
    const alternatives = new Set(value.split('|'));
    if (known === undefined || !operator.startsWith('=')) return sum;
    return sum + valuesOf(known).filter((each) => alternatives.has(each)).length;
  }, 0);
}

/** The condition on most of what fails; of several the one that fires first. */
function broadest(metric: Metric, conditions: readonly RatioCondition[]): RatioCondition | undefined {
  return [...conditions].sort(
    (a, b) => breadth(metric, b.part) - breadth(metric, a.part) || (a.above ?? 1) - (b.above ?? 1),
  )[0];
}

/**
 * What counts as a failure of a metric's events: what an alert says, else what an objective says, else what the words of its outcomes
 * say; undefined where nothing tells.
 */
export function failuresOf(model: Model, metric: Metric, span?: Span): Failures | undefined {
  const ratios = [...model.alerts.values()].flatMap(({ condition }) =>
    condition.form === 'ratio' &&
    condition.above !== undefined &&
    ofRatio(model, metric, condition) !== undefined
      ? [condition]
      : [],
  );
  const first = broadest(
    metric,
    ratios.filter(({ part }) => isFailing(part)),
  );
  const watched = first && ofRatio(model, metric, first);
  if (watched !== undefined) return watched;
  for (const sli of model.slis.values()) {
    const promised = sli.form === 'events' ? ofSli(model, metric, sli) : undefined;
    if (promised !== undefined) return promised;
  }
  const label = span?.outcome?.label ?? outcomeLabel(metric);
  if (label === undefined || !metric.labels.some(({ wire }) => wire === label.wire)) return undefined;
  const bad = valuesOf(label).filter(
    (value) => value === span?.outcome?.error || (badWords.test(value) && !otherWords.test(value)),
  );
  const [only, ...more] = bad;
  if (only === undefined) return undefined;
  const part = [
    more.length === 0 ? matcher(label.wire, '=', only) : matcher(label.wire, '=~', bad.join('|')),
  ];
  return { metric, part, whole: [], by: undefined };
}

/** Whether a part of events is named by words for failures, rather than by any other property. */
function isFailing({ expr }: Query): boolean {
  return (
    expr?.kind === 'selector' &&
    expr.matchers.some(({ operator, value }) => operator.startsWith('=') && badWords.test(value))
  );
}
