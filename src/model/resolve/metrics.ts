import type { Spec } from '../../spec/spec.js';
import { ascending, defaultBuckets, expandBuckets } from '../buckets.js';
import { parseDuration } from '../duration.js';
import type { Deprecation, ExternalMetric, Label, Metric } from '../model.js';
import { unitOf } from '../units.js';
import { entriesAt, frozenList, frozenRepairs, itemsOf, type Context, type Entry } from './context.js';
import { refer, reportUnknown, type Targets } from './references.js';

type SpecMetric = NonNullable<Spec['metrics']>[string];

/** A metric that is not finished: who reads it is known only after everything else has been resolved. */
export type MetricDraft = { -readonly [Key in keyof Metric]: Metric[Key] };

function rangeOf(range: readonly number[] | undefined): readonly [number, number] | undefined {
  const [low, high] = range ?? [];
  return low === undefined || high === undefined ? undefined : Object.freeze([low, high] as const);
}

function deprecationOf(deprecated: SpecMetric['deprecated']): Deprecation | undefined {
  if (deprecated === undefined) return undefined;
  const { replacedBy, sunset, reason } = deprecated;
  return Object.freeze({ replacedBy, sunset, reason });
}

const noBuckets: readonly number[] = Object.freeze([]);

function bucketsOf(metric: SpecMetric, unit: string | undefined): readonly number[] {
  if (metric.type !== 'histogram') return noBuckets;
  const bounds = metric.buckets === undefined ? defaultBuckets(unit) : expandBuckets(metric.buckets);
  return bounds === undefined ? noBuckets : Object.freeze([...ascending(bounds)]);
}

function labelsOf(context: Context, entry: Entry<SpecMetric>, labels: Targets<Label>): readonly Label[] {
  const found: Label[] = [];
  for (const { name, range } of itemsOf(entry.origin, entry.value.labels, 'labels')) {
    const label = refer(context, labels, name, range, entry.value.labels);
    if (label === undefined) entry.repaired.add('labels');
    else found.push(label);
  }
  return frozenList(found);
}

function draftOf(context: Context, entry: Entry<SpecMetric>, labels: Targets<Label>): MetricDraft {
  const { name, value, origin } = entry;
  const unit = unitOf(name);
  return {
    name,
    type: value.type,
    help: value.help,
    unit,
    labels: labelsOf(context, entry, labels),
    buckets: bucketsOf(value, unit),
    exemplars: value.exemplars ?? false,
    aggregate: value.type === 'gauge' ? (value.aggregate ?? 'sum') : 'sum',
    init: value.init,
    initialised: value.init ?? false,
    range: rangeOf(value.range),
    expireAfter: value.expireAfter === undefined ? undefined : parseDuration(value.expireAfter),
    deprecated: deprecationOf(value.deprecated),
    renamedFrom: value.renamedFrom === undefined ? undefined : Object.freeze({ ...value.renamedFrom }),
    expires: value.expires,
    owner: value.owner ?? context.spec.service.owner,
    readers: [],
    origin,
    repaired: frozenRepairs(entry.repaired),
  };
}

/** `metrics`, not yet frozen: `finishMetrics` adds the readers. */
export function resolveMetrics(context: Context, labels: Targets<Label>): ReadonlyMap<string, MetricDraft> {
  const metrics = new Map<string, MetricDraft>();
  for (const entry of entriesAt(context, ['metrics'], context.spec.metrics)) {
    metrics.set(entry.name, draftOf(context, entry, labels));
  }
  return metrics;
}

/** Fills in who reads each metric, and with it whether its rows start at 0, and freezes it. */
export function finishMetrics(
  metrics: ReadonlyMap<string, MetricDraft>,
  readers: ReadonlyMap<Metric, ReadonlySet<string>>,
): void {
  for (const metric of metrics.values()) {
    metric.readers = frozenList([...(readers.get(metric) ?? [])].sort());
    metric.initialised = metric.init ?? (metric.type === 'counter' && metric.readers.length > 0);
    Object.freeze(metric);
  }
}

/** Replacements that lead nowhere; they are looked up when all metrics are known. */
export function checkReplacements(context: Context, metrics: Targets<Metric>): void {
  for (const metric of metrics.found.values()) {
    const replacement = metric.deprecated?.replacedBy;
    if (replacement === undefined || metric.repaired.has('deprecated')) continue;
    if (context.spec.external !== undefined && Object.hasOwn(context.spec.external, replacement)) continue;
    if (metrics.isDeclared(replacement)) continue;
    reportUnknown(context, metrics, replacement, metric.origin.of('deprecated', 'replacedBy'), [metric.name]);
  }
}

/** `external`. */
export function resolveExternal(context: Context): ReadonlyMap<string, ExternalMetric> {
  const external = new Map<string, ExternalMetric>();
  for (const { name, value, origin } of entriesAt(context, ['external'], context.spec.external)) {
    external.set(
      name,
      Object.freeze({
        name,
        type: value.type,
        labels: value.labels === undefined ? undefined : Object.freeze([...value.labels]),
        range: rangeOf(value.range),
        native: value.native ?? false,
        origin,
      }),
    );
  }
  return external;
}
