import { worstCaseSeries } from '../../model/series.js';
import type { Metric } from '../../model/model.js';
import { breaks, keeps, type Consequence, type Draft, type Reader } from './change.js';
import { hitsOf, isSeriesOf, readerList, tellers, type Side, type Sides } from './context.js';
import { metricFields } from './metric-fields.js';
import { namesLabel, seesEveryLabel, type Read } from './readers.js';
import { canonical, listed, signed, without } from './values.js';

function helper(side: Side, metric: Metric): string {
  return `metrics.${side.names.metric(metric)}`;
}

/** One more consequence where alerts or objectives are among the readers. */
export function alertBreaks(readers: readonly Reader[], what: string): readonly Consequence[] {
  const told = tellers(readers);
  return told.length === 0 ? [] : [breaks('ALERT', `${readerList(told)}: ${what}`)];
}

function added(sides: Sides, metric: Metric): Draft {
  const series = worstCaseSeries(metric);
  return {
    at: `metrics.${metric.name}`,
    kind: 'added',
    after: metric.type,
    series,
    hits: hitsOf(sides, metric.name, metric.name),
    consequences: [
      keeps('CODE', `${helper(sides.new, metric)} can be called`),
      keeps('SERIES', `${signed(series)} series of one instance at most`),
    ],
  };
}

function removed(sides: Sides, metric: Metric, renamedTo: string | undefined): Draft {
  const { name } = metric;
  const series = -worstCaseSeries(metric);
  const hits = hitsOf(sides, name, name);
  const help =
    renamedTo === undefined
      ? undefined
      : `if ${renamedTo} is the same metric, write metrics.${renamedTo}.renamedFrom: { name: ${name}, until: DATE }`;
  return {
    at: `metrics.${name}`,
    kind: 'removed',
    before: metric.type,
    renamedTo,
    series,
    hits,
    consequences: [
      breaks('CODE', `calls of ${helper(sides.old, metric)} do not compile any more`, help),
      breaks('SERIES', `${name} vanishes (${signed(series)} series of one instance at most)`, help),
      breaks('QUERY', `queries of ${name} outside this spec go blank`, help),
      ...alertBreaks(hits, 'nothing is left to read'),
    ],
  };
}

/** A metric that has a new name, and says so: both names are exposed. */
function renamed(sides: Sides, before: Metric, after: Metric): Draft {
  const until = after.renamedFrom?.until ?? '';
  const old = `metrics.${sides.old.names.metric(before)}`;
  const series = worstCaseSeries(after) - worstCaseSeries(before);
  return {
    at: `metrics.${after.name}`,
    kind: 'renamed',
    before: before.name,
    after: after.name,
    series,
    hits: hitsOf(sides, before.name, after.name),
    consequences: [
      keeps(
        'CODE',
        `${old} stays as a deprecated name of ${helper(sides.new, after)}`,
        '`obs-gen instrument --renames` rewrites the call sites',
      ),
      keeps(
        'SERIES',
        `both names are exposed until ${until} (${signed(series)} series of one instance at most)`,
      ),
      keeps('QUERY', `queries of ${before.name} go on until then; those of this spec read both names`),
    ],
  };
}

/** The end, the beginning or a new date of a renaming of a metric that was there before. */
function renaming(sides: Sides, before: Metric, after: Metric): Draft | undefined {
  const [was, is] = [before.renamedFrom, after.renamedFrom];
  if (was?.name === is?.name && was?.until === is?.until) return undefined;
  const at = `metrics.${after.name}.renamedFrom`;
  const print = (each: typeof was): string | undefined => each && `${each.name} until ${each.until}`;
  const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
  const half = worstCaseSeries({ ...after, renamedFrom: undefined });
  const base = { at, kind, before: print(was), after: print(is) } as const;
  if (was !== undefined && was.name !== is?.name) {
    return {
      ...base,
      series: is === undefined ? -half : 0,
      hits: hitsOf(sides, before.name, after.name),
      consequences: [
        breaks('CODE', `the old name of ${helper(sides.new, after)} does not compile any more`),
        breaks('SERIES', `${was.name} is no longer exposed beside ${after.name}`),
        breaks(
          'QUERY',
          `queries of ${was.name} outside this spec go blank, and those of this spec read ${after.name} alone`,
          `wait until ${after.name} has been exposed for as long as the longest window that is read`,
        ),
      ],
    };
  }
  if (was !== undefined)
    return { ...base, consequences: [keeps('SERIES', 'the old name goes at another time')] };
  return {
    ...base,
    series: half,
    consequences: [
      keeps(
        'SERIES',
        `${is?.name ?? ''} is exposed as well (${signed(half)} series of one instance at most)`,
      ),
    ],
  };
}

/** The wire names of the labels that another state of the metric lacks; one that has another wire name is said of the label. */
function lacking(metric: Metric, other: Metric): readonly string[] {
  return metric.labels
    .filter((label) => !other.labels.some(({ key, wire }) => key === label.key || wire === label.wire))
    .map(({ wire }) => wire);
}

/** Labels of the spec that stand for one label on the wire, of which the new one admits other values. */
function exchanged(sides: Sides, before: Metric, after: Metric): Draft[] {
  return after.labels.flatMap((label): Draft[] => {
    const old = before.labels.find(({ wire }) => wire === label.wire);
    if (old === undefined || old.key === label.key || canonical(old.bound) === canonical(label.bound))
      return [];
    const [was, is] = [old.bound, label.bound];
    const gone =
      was.kind === 'closed' ? without(was.values, is.kind === 'closed' ? is.values : was.values) : [];
    const isNarrower =
      gone.length > 0 || (was.kind !== 'closed' && (is.kind === 'closed' || is.cap < was.cap));
    const series = worstCaseSeries(after) - worstCaseSeries(before);
    const size = `${signed(series)} series of one instance at most`;
    const base = {
      at: `metrics.${after.name}.labels`,
      kind: 'changed',
      before: old.key,
      after: label.key,
      series,
      hits: hitsOf(sides, before.name, after.name, (read) => namesLabel(read, label.wire)),
    } as const;
    if (!isNarrower)
      return [
        { ...base, consequences: [keeps('CODE', `${label.wire} takes more values`), keeps('SERIES', size)] },
      ];
    const what = gone.length === 0 ? 'some values' : listed(gone);
    return [
      {
        ...base,
        consequences: [
          breaks(
            'CODE',
            `calls of ${helper(sides.new, after)} that give ${what} for ${label.wire} are refused`,
          ),
          breaks('SERIES', `the rows of ${what} vanish (${size})`),
          breaks('QUERY', `queries that select ${what} of ${label.wire} find nothing`),
        ],
      },
    ];
  });
}

/** Labels that a metric gained or lost: the identity of each of its series. */
function labels(sides: Sides, before: Metric, after: Metric): Draft[] {
  const at = `metrics.${after.name}.labels`;
  const series = worstCaseSeries(after) - worstCaseSeries(before);
  const call = helper(sides.new, after);
  const drafts: Draft[] = exchanged(sides, before, after);
  const gone = lacking(before, after);
  const come = lacking(after, before);
  if (gone.length > 0) {
    const names = (read: Read): boolean => gone.some((label) => namesLabel(read, label));
    const hits = hitsOf(sides, before.name, after.name, names);
    drafts.push({
      at,
      kind: 'removed',
      before: listed(gone),
      series: come.length > 0 ? 0 : series,
      hits,
      consequences: [
        breaks('CODE', `calls of ${call} that give ${listed(gone)} do not compile any more`),
        breaks(
          'SERIES',
          `every series of ${after.name} gets another identity: its history ends, and it begins anew without ${listed(gone)}`,
        ),
        breaks(
          'QUERY',
          `queries that select on ${listed(gone)} find nothing, and \`by (${gone.join(', ')})\` leaves one row`,
        ),
        ...alertBreaks(hits, `it reads ${listed(gone)}, which is no longer there`),
      ],
    });
  }
  if (come.length > 0) {
    const isOf = isSeriesOf(after);
    const all = (read: Read): boolean =>
      seesEveryLabel(read, isOf) || seesEveryLabel(read, isSeriesOf(before));
    const hits = hitsOf(sides, before.name, after.name, all);
    drafts.push({
      at,
      kind: 'added',
      after: listed(come),
      series,
      hits,
      consequences: [
        breaks('CODE', `every call of ${call} has to give ${listed(come)}`),
        breaks(
          'SERIES',
          `every series of ${after.name} gets another identity: its history ends, and it is divided by ${listed(come)} (${signed(series)} series of one instance at most)`,
        ),
        breaks(
          'QUERY',
          `queries that do not sum ${listed(come)} away return more rows, each of them smaller`,
        ),
        ...alertBreaks(
          hits,
          `it compares one row with its limit, and every row is now divided by ${listed(come)}`,
        ),
      ],
    });
  }
  return drafts;
}

/** Everything that differs between the metrics of two specs. */
export function diffMetrics(sides: Sides): Draft[] {
  const [before, after] = [sides.old.model.metrics, sides.new.model.metrics];
  const drafts: Draft[] = [];
  const heirs = new Set([...sides.renamed.values()].map(({ name }) => name));
  for (const metric of before.values()) {
    const heir = sides.renamed.get(metric.name);
    const same = after.get(metric.name) ?? heir;
    if (same === undefined) {
      drafts.push(removed(sides, metric, sides.proposed.get(metric.name)));
      continue;
    }
    const moved = heir === undefined ? renaming(sides, metric, same) : renamed(sides, metric, same);
    if (moved !== undefined) drafts.push(moved);
    drafts.push(...labels(sides, metric, same), ...metricFields(sides, metric, same));
  }
  for (const metric of after.values())
    if (!before.has(metric.name) && !heirs.has(metric.name)) drafts.push(added(sides, metric));
  return drafts;
}
