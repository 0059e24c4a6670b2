import type { Text } from '../../diagnostics/text.js';
import { transform } from '../../promql/walk.js';
import type { Spec } from '../../spec/spec.js';
import { parseDuration } from '../duration.js';
import type { Label, Query, Sli } from '../model.js';
import {
  entriesAt,
  frozenList,
  frozenRepairs,
  itemsOf,
  textOf,
  type Context,
  type Entry,
} from './context.js';
import { purposes, referMetric, type MetricTargets } from './metric-references.js';
import { refer, type Targets } from './references.js';

type SpecSli = NonNullable<Spec['slis']>[string];

interface Shared {
  readonly context: Context;
  readonly labels: Targets<Label>;
  readonly metrics: MetricTargets;
}

type Form<K extends keyof SpecSli> = (
  entry: Entry<SpecSli>,
  value: NonNullable<SpecSli[K]>,
) => Sli | undefined;

/** Labels named in a list; the key is marked where one is unknown. */
export function referLabels(
  context: Context,
  labels: Targets<Label>,
  entry: Pick<Entry<unknown>, 'origin' | 'repaired'>,
  names: readonly string[] | undefined,
  ...path: (string | number)[]
): readonly Label[] {
  const found: Label[] = [];
  for (const { name, range } of itemsOf(entry.origin, names, ...path)) {
    const label = refer(context, labels, name, range, names);
    if (label === undefined) entry.repaired.add(String(path[0]));
    else found.push(label);
  }
  return frozenList(found);
}

/**
 * Reads matchers, `{outcome="ok"}`, as those of a metric: by themselves they may be a selector that Prometheus refuses, because it
 * could match everything. The name is taken out of the result again.
 */
function matchersOf(context: Context, text: Text, metric: string): Query {
  if (!text.value.trimStart().startsWith('{')) return context.query(text);
  const shift = metric.length;
  const named: Text = {
    value: metric + text.value,
    range: text.range,
    slice: (from, to) => text.slice(Math.max(0, from - shift), Math.max(1, to - shift)),
  };
  const query = context.query(named);
  const expr =
    query.expr &&
    transform(query.expr, (each) =>
      each.kind === 'selector' && each.metricAt?.from === 0
        ? { ...each, metric: undefined, metricAt: undefined }
        : each,
    );
  return Object.freeze({ text: named, expr });
}

function formsOf({ context, labels, metrics }: Shared) {
  const base = (entry: Entry<SpecSli>) => ({
    name: entry.name,
    description: entry.value.description,
    origin: entry.origin,
    repaired: frozenRepairs(entry.repaired),
  });
  const query = (entry: Entry<SpecSli>, text: string, ...path: string[]): Query =>
    context.queryAt(entry.origin, text, ...path);

  const events: Form<'events'> = (entry, { total, good, bad }) =>
    Object.freeze({
      form: 'events',
      ...base(entry),
      total: query(entry, total, 'events', 'total'),
      good: good === undefined ? undefined : query(entry, good, 'events', 'good'),
      bad: bad === undefined || good !== undefined ? undefined : query(entry, bad, 'events', 'bad'),
    });

  const latency: Form<'latency'> = (entry, { histogram: name, threshold, matchers }) => {
    const range = entry.origin.of('latency', 'histogram');
    const native = metrics.own.isDeclared(name) ? undefined : metrics.external.get(name);
    const isNative = native?.type === 'histogram' && native.native;
    const histogram = isNative ? undefined : referMetric(context, metrics, name, range, purposes.latency);
    const narrowed =
      matchers === undefined
        ? undefined
        : matchersOf(context, textOf(entry.origin, matchers, 'latency', 'matchers'), name);
    if (isNative) {
      return Object.freeze({
        form: 'nativeLatency',
        ...base(entry),
        histogram: native,
        matchers: narrowed,
        threshold: parseDuration(threshold),
      });
    }
    return (
      histogram &&
      Object.freeze({
        form: 'latency',
        ...base(entry),
        histogram,
        matchers: narrowed,
        threshold: parseDuration(threshold),
      })
    );
  };

  const timeSlice: Form<'timeSlice'> = (entry, { query: text, op, value }) =>
    Object.freeze({
      form: 'timeSlice',
      ...base(entry),
      query: query(entry, text, 'timeSlice', 'query'),
      op,
      value,
    });

  const boolean: Form<'boolean'> = (entry, name) => {
    const gauge = referMetric(context, metrics, name, entry.origin.of('boolean'), purposes.boolean);
    return gauge && Object.freeze({ form: 'boolean', ...base(entry), gauge });
  };

  const freshness: Form<'freshness'> = (entry, { timestamp: name, maxAge }) => {
    const range = entry.origin.of('freshness', 'timestamp');
    const timestamp = referMetric(context, metrics, name, range, purposes.freshness);
    return (
      timestamp &&
      Object.freeze({ form: 'freshness', ...base(entry), timestamp, maxAge: parseDuration(maxAge) })
    );
  };

  const quantile: Form<'quantile'> = (entry, { histogram: name, q, by }) => {
    const range = entry.origin.of('quantile', 'histogram');
    const histogram = referMetric(context, metrics, name, range, purposes.quantile);
    const groups = referLabels(context, labels, entry, by, 'quantile', 'by');
    return histogram && Object.freeze({ form: 'quantile', ...base(entry), histogram, q, by: groups });
  };

  const raw: Form<'query'> = (entry, text) =>
    Object.freeze({
      form: 'query',
      ...base(entry),
      query: query(entry, text, 'query'),
      unit: entry.value.unit,
    });

  return (entry: Entry<SpecSli>): Sli | undefined => {
    const { value } = entry;
    if (value.events !== undefined) return events(entry, value.events);
    if (value.latency !== undefined) return latency(entry, value.latency);
    if (value.timeSlice !== undefined) return timeSlice(entry, value.timeSlice);
    if (value.boolean !== undefined) return boolean(entry, value.boolean);
    if (value.freshness !== undefined) return freshness(entry, value.freshness);
    if (value.quantile !== undefined) return quantile(entry, value.quantile);
    return value.query === undefined ? undefined : raw(entry, value.query);
  };
}

/** `slis`: one whose metric is not to be had is left out. */
export function resolveSlis(
  context: Context,
  labels: Targets<Label>,
  metrics: MetricTargets,
): ReadonlyMap<string, Sli> {
  const resolve = formsOf({ context, labels, metrics });
  const slis = new Map<string, Sli>();
  for (const entry of entriesAt(context, ['slis'], context.spec.slis)) {
    const sli = resolve(entry);
    if (sli !== undefined) slis.set(entry.name, sli);
  }
  return slis;
}
