import { seriesNames, worstCaseSeries } from '../../model/series.js';
import type { Metric } from '../../model/model.js';
import { bucketMatcher } from '../../slo/events.js';
import { breaks, keeps, type Consequence, type Draft } from './change.js';
import { hitsOf, readerList, tellers, type Sides } from './context.js';
import { selectsValue, type Read } from './readers.js';
import { canonical, listed, sameTime, shown, signed, without } from './values.js';

type Field = (sides: Sides, before: Metric, after: Metric) => Omit<Draft, 'at' | 'kind'> | undefined;

function told(sides: Sides, before: Metric, after: Metric, what: string): readonly Consequence[] {
  const readers = tellers(hitsOf(sides, before.name, after.name));
  return readers.length === 0 ? [] : [breaks('ALERT', `${readerList(readers)}: ${what}`)];
}

const type: Field = (sides, before, after) => {
  if (before.type === after.type) return undefined;
  const vanished = without(seriesNames(before), seriesNames(after));
  return {
    before: before.type,
    after: after.type,
    series: worstCaseSeries(after) - worstCaseSeries(before),
    hits: hitsOf(sides, before.name, after.name),
    consequences: [
      breaks(
        'CODE',
        `metrics.${sides.new.names.metric(after)} has the methods of a ${after.type}, no longer those of a ${before.type}`,
      ),
      breaks(
        'SERIES',
        vanished.length === 0
          ? `${after.name} means something else under the same name`
          : `${listed(vanished)} ${vanished.length === 1 ? 'vanishes' : 'vanish'}`,
      ),
      breaks(
        'QUERY',
        `what is right to ask of a ${before.type} is not of a ${after.type}: rate() is for counters, histogram_quantile() for histograms`,
      ),
      ...told(sides, before, after, `it reads a ${before.type}`),
    ],
  };
};

const buckets: Field = (sides, before, after) => {
  if (before.type !== 'histogram' || after.type !== 'histogram') return undefined;
  const gone = without(before.buckets, after.buckets);
  const come = without(after.buckets, before.buckets);
  if (gone.length === 0 && come.length === 0) return undefined;
  const series = worstCaseSeries(after) - worstCaseSeries(before);
  const finer = keeps(
    'SERIES',
    `buckets at ${come.join(', ')} appear (${signed(series)} series of one instance at most)`,
  );
  const base = {
    before: shown(before.buckets),
    after: shown(after.buckets),
    series,
    hits: hitsOf(sides, before.name, after.name),
  };
  const quantiles =
    'quantiles are estimated between other bounds; while instances of both versions run, they are mixed';
  if (gone.length === 0) return { ...base, consequences: [finer, keeps('QUERY', quantiles)] };
  const asked = (read: Read): boolean =>
    gone.some(
      (bound) =>
        selectsValue(read, 'le', String(bound)) || selectsValue(read, 'le', bucketMatcher(bound).value),
    );
  const limits = new Set(
    [sides.old.model, sides.new.model].flatMap((model) =>
      [...model.slos.values()].flatMap(({ name, sli }) =>
        sli.form === 'latency' && sli.histogram.name === after.name && gone.includes(sli.threshold.seconds)
          ? [name]
          : [],
      ),
    ),
  );
  const readers = tellers(hitsOf(sides, before.name, after.name, asked));
  const names = [
    ...readers.map(({ kind, name }) => `${kind} ${name}`),
    ...[...limits].map((name) => `objective ${name}`),
  ];
  return {
    ...base,
    consequences: [
      breaks(
        'SERIES',
        `buckets at ${gone.join(', ')} vanish (${signed(series)} series of one instance at most)`,
      ),
      ...(come.length === 0 ? [] : [finer]),
      breaks(
        'QUERY',
        `queries that select \`le="${String(gone[0])}"\` and its like find nothing; ${quantiles}`,
      ),
      ...(names.length === 0
        ? []
        : [breaks('ALERT', `${[...new Set(names)].join(', ')}: the bucket of the limit is no longer there`)]),
    ],
  };
};

const exemplars: Field = (_sides, before, after) => {
  if (before.exemplars === after.exemplars) return undefined;
  const base = { before: shown(before.exemplars), after: shown(after.exemplars) };
  return after.exemplars
    ? { ...base, consequences: [keeps('SERIES', 'samples carry the id of a trace')] }
    : {
        ...base,
        consequences: [breaks('QUERY', 'panels lead to no traces any more: samples carry no trace id')],
      };
};

const init: Field = (sides, before, after) => {
  if (before.init === after.init || before.initialised === after.initialised) return undefined;
  const base = { before: shown(before.initialised), after: shown(after.initialised) };
  if (after.initialised)
    return { ...base, consequences: [keeps('SERIES', 'rows start at 0 before their first event')] };
  return {
    ...base,
    hits: hitsOf(sides, before.name, after.name),
    consequences: [
      breaks('SERIES', 'a row begins with its first event, no longer at 0'),
      breaks('QUERY', 'rate() and increase() do not see the first event of a row'),
      ...told(sides, before, after, 'it does not see the first event of a row'),
    ],
  };
};

const aggregate: Field = (sides, before, after) =>
  before.aggregate === after.aggregate || before.type !== 'gauge' || after.type !== 'gauge'
    ? undefined
    : {
        before: before.aggregate,
        after: after.aggregate,
        hits: hitsOf(sides, before.name, after.name),
        consequences: [
          breaks(
            'QUERY',
            `with several processes the value is their ${after.aggregate}, no longer their ${before.aggregate}`,
          ),
          ...told(sides, before, after, 'it compares another value with its limit'),
        ],
      };

const expireAfter: Field = (_sides, before, after) => {
  if (sameTime(before.expireAfter, after.expireAfter)) return undefined;
  const base = { before: before.expireAfter?.text, after: after.expireAfter?.text };
  const isSooner = (after.expireAfter?.seconds ?? Infinity) < (before.expireAfter?.seconds ?? Infinity);
  return {
    ...base,
    consequences: [
      isSooner
        ? breaks('SERIES', `rows that nobody touches vanish after ${after.expireAfter?.text ?? ''}`)
        : keeps('SERIES', 'idle rows stay longer'),
    ],
  };
};

const deprecated: Field = (_sides, before, after) =>
  canonical(before.deprecated ?? null) === canonical(after.deprecated ?? null)
    ? undefined
    : {
        before: before.deprecated && (before.deprecated.sunset ?? 'deprecated'),
        after: after.deprecated && (after.deprecated.sunset ?? 'deprecated'),
        consequences: [
          keeps(
            'CODE',
            after.deprecated === undefined
              ? 'editors no longer strike calls through'
              : `editors strike calls through${after.deprecated.replacedBy === undefined ? '' : ` and name ${after.deprecated.replacedBy}`}`,
          ),
        ],
      };

const help: Field = (_sides, before, after) =>
  before.help === after.help
    ? undefined
    : {
        before: before.help,
        after: after.help,
        consequences: [keeps('SERIES', 'only the words on the page change')],
      };

/** A range is believed by checks alone. */
const range: Field = (_sides, before, after) =>
  canonical(before.range ?? null) === canonical(after.range ?? null)
    ? undefined
    : { before: shown(before.range), after: shown(after.range) };

const owner: Field = (_sides, before, after) =>
  before.owner === after.owner ? undefined : { before: before.owner, after: after.owner };

const fields: Readonly<Record<string, Field>> = {
  ...{ type, buckets, exemplars, init, aggregate, expireAfter, deprecated, help, range, owner },
};

/** What differs between two states of one metric, its name and labels left out. */
export function metricFields(sides: Sides, before: Metric, after: Metric): Draft[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const found = field(sides, before, after);
    return found === undefined
      ? []
      : [{ at: `metrics.${after.name}.${key}`, kind: 'changed', ...found } as const];
  });
}
