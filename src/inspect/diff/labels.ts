import { labelSize, worstCaseSeries } from '../../model/series.js';
import type { Label, Metric, Model } from '../../model/model.js';
import { breaks, keeps, type Consequence, type Draft } from './change.js';
import { hitsOf, readerList, tellers, type Sides } from './context.js';
import { joinReaders, namesLabel, selectsValue, type Read } from './readers.js';
import { listed, signed, without } from './values.js';

function metricsWith(model: Model, key: string): readonly Metric[] {
  return [...model.metrics.values()].filter(({ labels }) => labels.some((label) => label.key === key));
}

/** How many series a label's change adds to the metrics that have it before and after. */
function seriesOf(sides: Sides, after: Label, before: Label): number {
  return metricsWith(sides.new.model, after.key).reduce((sum, metric) => {
    if (sides.old.model.metrics.get(metric.name)?.labels.some(({ key }) => key === after.key) !== true)
      return sum;
    const series = worstCaseSeries(metric);
    return sum + series - (series / labelSize(after)) * labelSize(before);
  }, 0);
}

/** Readers of the metrics with a label, where a test of the read says so. */
function readers(sides: Sides, { key }: Label, test: (read: Read) => boolean): ReturnType<typeof hitsOf> {
  const names = new Set(
    [...metricsWith(sides.old.model, key), ...metricsWith(sides.new.model, key)].map(({ name }) => name),
  );
  return joinReaders(...[...names].map((name) => hitsOf(sides, name, name, test)));
}

function alertsOn(hits: ReturnType<typeof hitsOf>, what: string): readonly Consequence[] {
  const told = tellers(hits);
  return told.length === 0 ? [] : [breaks('ALERT', `${readerList(told)}: ${what}`)];
}

function helper(sides: Sides, label: Label): string {
  return `labels.${sides.new.names.label(label)}`;
}

function values(sides: Sides, before: Label, after: Label): Draft[] {
  if (before.bound.kind !== 'closed' || after.bound.kind !== 'closed') return [];
  const at = `labels.${after.key}.values`;
  const gone = without(before.bound.values, after.bound.values);
  const come = without(after.bound.values, before.bound.values);
  const series = seriesOf(sides, after, before);
  const drafts: Draft[] = [];
  if (gone.length > 0) {
    const hits = readers(sides, after, (read) => gone.some((value) => selectsValue(read, after.wire, value)));
    drafts.push({
      at,
      kind: 'removed',
      before: listed(gone),
      series: come.length > 0 ? 0 : series,
      hits,
      consequences: [
        breaks(
          'CODE',
          `calls that give ${listed(gone.map((value) => `'${value}'`))} do not compile any more`,
        ),
        breaks(
          'SERIES',
          `the rows of ${listed(gone)} vanish (${signed(series)} series of one instance at most)`,
        ),
        breaks('QUERY', `queries that select ${after.wire}="${gone[0] ?? ''}" find nothing`),
        ...alertsOn(hits, `it selects ${listed(gone)}, which is never there`),
      ],
    });
  }
  if (come.length > 0)
    drafts.push({
      at,
      kind: 'added',
      after: listed(come),
      series,
      hits: readers(sides, after, (read) => namesLabel(read, after.wire)),
      consequences: [
        keeps('CODE', `${listed(come.map((value) => `'${value}'`))} can be given`),
        keeps('SERIES', `rows for ${listed(come)} appear (${signed(series)} series of one instance at most)`),
        keeps('QUERY', `\`by (${after.wire})\` has more rows, and \`!=\` takes the new values in`),
      ],
    });
  return drafts;
}

function cap(sides: Sides, before: Label, after: Label): Draft[] {
  if (before.bound.kind === 'closed' || after.bound.kind === 'closed') return [];
  if (before.bound.cap === after.bound.cap) return [];
  const series = seriesOf(sides, after, before);
  const base = {
    at: `labels.${after.key}.cap`,
    kind: 'changed',
    before: String(before.bound.cap),
    after: String(after.bound.cap),
    series,
  } as const;
  const size = `${signed(series)} series of one instance at most`;
  if (after.bound.cap > before.bound.cap)
    return [{ ...base, consequences: [keeps('SERIES', `more names keep a row of their own (${size})`)] }];
  return [
    {
      ...base,
      hits: readers(sides, after, (read) => namesLabel(read, after.wire)),
      consequences: [
        breaks(
          'SERIES',
          `names beyond the first ${after.bound.cap} share the row __other__ (${size})`,
          'count how many values there are before the cap is lowered',
        ),
        breaks('QUERY', `queries for one of the names beyond find nothing`),
      ],
    },
  ];
}

function kind(sides: Sides, before: Label, after: Label): Draft[] {
  const [was, is] = [before.bound, after.bound];
  if (was.kind === is.kind) return [];
  const series = seriesOf(sides, after, before);
  const base = {
    at: `labels.${after.key}`,
    kind: 'changed',
    before: was.kind,
    after: is.kind,
    series,
  } as const;
  const hits = readers(sides, after, (read) => namesLabel(read, after.wire));
  if (is.kind === 'closed')
    return [
      {
        ...base,
        hits,
        consequences: [
          breaks(
            'CODE',
            `calls that give any string do not compile any more; ${helper(sides, after)} has a fixed list`,
          ),
          breaks(
            'SERIES',
            `values that are not listed are dropped and counted (${signed(series)} series of one instance at most)`,
          ),
          breaks('QUERY', 'queries for a value that is not listed find nothing'),
        ],
      },
    ];
  const room = was.kind === 'closed' && is.cap < was.values.length;
  const consequences: Consequence[] = [
    was.kind === 'registered'
      ? breaks(
          'CODE',
          `${helper(sides, after)}.register is no longer there`,
          'take the calls of register out',
        )
      : keeps(
          'CODE',
          is.kind === 'registered'
            ? `${helper(sides, after)}.register names the values at the start`
            : 'any string can be given',
        ),
    room
      ? breaks(
          'SERIES',
          `the cap of ${is.cap} is below the ${was.values.length} values that there were: some share __other__`,
        )
      : keeps('SERIES', `${signed(series)} series of one instance at most`),
  ];
  return [{ ...base, hits, consequences }];
}

function wire(sides: Sides, before: Label, after: Label): Draft[] {
  if (before.wire === after.wire) return [];
  const hits = readers(sides, after, (read) => namesLabel(read, before.wire) || namesLabel(read, after.wire));
  return [
    {
      at: `labels.${after.key}.as`,
      kind: 'changed',
      before: before.wire,
      after: after.wire,
      hits,
      consequences: [
        breaks('CODE', `call sites give ${after.wire} in place of ${before.wire}`),
        breaks('SERIES', 'every series with the label gets another identity: its history ends'),
        breaks(
          'QUERY',
          `queries that name ${before.wire} find nothing, and \`by (${before.wire})\` leaves one row`,
        ),
        ...alertsOn(hits, `it may read ${before.wire}, which is no longer there`),
      ],
    },
  ];
}

/** Everything that differs between the labels of two specs; what a metric gains or loses by it is said of the metric. */
export function diffLabels(sides: Sides): Draft[] {
  const [before, after] = [sides.old.model.labels, sides.new.model.labels];
  const drafts: Draft[] = [];
  for (const label of before.values()) {
    const same = after.get(label.key);
    if (same === undefined) {
      const code = `labels.${sides.old.names.label(label)}`;
      drafts.push({
        at: `labels.${label.key}`,
        kind: 'removed',
        before: label.wire,
        consequences: [breaks('CODE', `${code} is no longer there`)],
      });
      continue;
    }
    for (const compare of [wire, kind, values, cap]) drafts.push(...compare(sides, label, same));
    if (label.description !== same.description)
      drafts.push({
        at: `labels.${label.key}.description`,
        kind: 'changed',
        before: label.description,
        after: same.description,
      });
  }
  for (const label of after.values())
    if (!before.has(label.key))
      drafts.push({
        at: `labels.${label.key}`,
        kind: 'added',
        after: label.wire,
        consequences: [keeps('CODE', `${helper(sides, label)} can be used`)],
      });
  return drafts;
}
