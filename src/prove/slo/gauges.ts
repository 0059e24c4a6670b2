import type { Metric, Model, Slo, TimeSliceSli } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import { number, binary } from '../../promql/build.js';
import { evaluate, EvaluationError, SeriesStore } from '../../promql/evaluate/index.js';
import { selectors } from '../../promql/walk.js';
import type { Segment, TestSeries } from '../series.js';
import { badSamples, type Phase } from './course.js';
import { anyValue, meets, otherValue, valuesFor } from './values.js';
import { expressionOf, type SeriesKey } from './weigh.js';

/** What is watched of one group: the series, and how they look while it is good and while it is bad. */
export interface Watched {
  readonly group: ReadonlyMap<string, string>;
  readonly series: readonly SeriesKey[];
  /** Seconds before anything can be bad. */
  readonly lead: number;
  /** Samples of a spell of good or of bad ones. @param at seconds since the start */
  readonly spell: (isBad: boolean, at: number, interval: number, samples: number) => Segment;
}

function keyOf(model: Model, metric: Metric, name: string, values: ReadonlyMap<string, string>): SeriesKey {
  const labels = new Map(
    metric.labels.map((label) => [label.wire, values.get(label.wire) ?? anyValue(label)]),
  );
  const own = [...model.service.selector].filter(([label]) => !labels.has(label) && !values.has(label));
  const asked = [...values].filter(([label]) => !labels.has(label));
  return { metric: name, labels: new Map([...labels, ...asked, ...own]) };
}

function groupsOf(slo: Slo): readonly ReadonlyMap<string, string>[] {
  const pick = (index: number): ReadonlyMap<string, string> | undefined => {
    const picked = slo.by.map(({ wire, bound }): [string, string | undefined] => [
      wire,
      bound.kind === 'closed' ? bound.values[index] : `${wire}-${'ab'.charAt(index)}`,
    ]);
    if (picked.some(([, value]) => value === undefined)) return undefined;
    return new Map(picked.map(([wire, value]) => [wire, value ?? otherValue]));
  };
  const groups = slo.by.length === 0 ? [pick(0)] : [pick(0), pick(1)];
  return groups.filter((group) => group !== undefined);
}

/** One value while it is good, and one while it is bad. */
export function flatSpell(good: number, bad: number): Watched['spell'] {
  return (isBad, _at, _interval, samples) => ({
    kind: 'line',
    from: isBad ? bad : good,
    step: 0,
    more: samples - 1,
  });
}

/** Time stamps that are as old as they may be but for a quarter, or too old by a second: half of the limit, or twice, shows. */
function agedSpell(limit: number): Watched['spell'] {
  return (isBad, at, interval, samples) => ({
    kind: 'line',
    from: at - (isBad ? limit + 1 : Math.floor(0.75 * limit)),
    step: interval,
    more: samples - 1,
  });
}

/** Values around a limit, those next to it first. */
function candidates(limit: number, range: readonly [number, number] | undefined): readonly number[] {
  const steps = [1, 0.01, Math.abs(limit) / 10, 10, Math.abs(limit), 1000];
  const found = [limit, ...steps.flatMap((step) => [limit + step, limit - step]), 0, 1];
  const [low, high] = range ?? [-Infinity, Infinity];
  return [...new Set(found.map((value) => Number(value.toPrecision(12))))].filter(
    (value) => value >= low && value <= high,
  );
}

/** The series that a query on gauges reads; undefined where it reads something else, or series that cannot be told. */
function readSeries(
  model: Model,
  sli: TimeSliceSli,
  group: ReadonlyMap<string, string>,
): readonly SeriesKey[] | undefined {
  const made: SeriesKey[] = [];
  for (const { metric: name, matchers } of selectors(expressionOf(sli.query))) {
    const source = name === undefined ? undefined : seriesNamed(model, name);
    if (name === undefined || source?.metric.type !== 'gauge' || !('help' in source.metric)) return undefined;
    const values = new Map(group);
    for (const { label } of matchers) {
      if (values.has(label)) continue;
      const own = matchers.filter((matcher) => matcher.label === label);
      const declared = source.metric.labels.find(({ wire }) => wire === label);
      const value = valuesFor(declared, own).find((each) => own.every((matcher) => meets(matcher, each)));
      if (value === undefined) return undefined;
      values.set(label, value);
    }
    const key = keyOf(model, source.metric, name, values);
    if (!made.some((each) => each.metric === key.metric && sameLabels(each, key))) made.push(key);
  }
  return made;
}

function sameLabels({ labels: one }: SeriesKey, { labels: other }: SeriesKey): boolean {
  return one.size === other.size && [...one].every(([label, value]) => other.get(label) === value);
}

/** Whether a query's condition holds for every result while all of its series have a value; undefined where there is no result. */
function holds(sli: TimeSliceSli, series: readonly SeriesKey[], value: number): boolean | undefined {
  const store = new SeriesStore();
  for (const { metric, labels } of series) {
    for (let time = 0; time <= 600; time += 60)
      store.append(new Map([['__name__', metric], ...labels]), time, value);
  }
  try {
    const condition = binary(sli.op, expressionOf(sli.query), number(sli.value), { bool: true });
    const found = evaluate(condition, store, 600);
    if (found.kind === 'scalar' || found.samples.length === 0) return undefined;
    return found.samples.every((sample) => sample.value === 1);
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

function timeSlice(model: Model, sli: TimeSliceSli, group: ReadonlyMap<string, string>): Watched | undefined {
  const series = readSeries(model, sli, group);
  const [first] = series ?? [];
  if (series === undefined || first === undefined) return undefined;
  const source = seriesNamed(model, first.metric)?.metric;
  const tried = candidates(sli.value, source?.range).map((value) => ({
    value,
    verdict: holds(sli, series, value),
  }));
  const good = tried.find(({ verdict }) => verdict === true)?.value;
  const bad = tried.find(({ verdict }) => verdict === false)?.value;
  if (good === undefined || bad === undefined) return undefined;
  return { group, series, lead: 0, spell: flatSpell(good, bad) };
}

/** What can be watched of the groups of an objective whose indicator looks at time: no more than two groups. */
export function watched(model: Model, slo: Slo): readonly Watched[] {
  const { sli } = slo;
  const all = groupsOf(slo).map((group): Watched | undefined => {
    switch (sli.form) {
      case 'boolean':
        return {
          group,
          series: [keyOf(model, sli.gauge, sli.gauge.name, group)],
          lead: 0,
          spell: flatSpell(1, 0),
        };
      case 'freshness':
        return {
          group,
          series: [keyOf(model, sli.timestamp, sli.timestamp.name, group)],
          // A clock that has just started knows no time stamp that is old enough; 0 is none at all.
          lead: sli.maxAge.seconds + 2,
          spell: agedSpell(sli.maxAge.seconds),
        };
      case 'timeSlice':
        return timeSlice(model, sli, group);
      default:
        return undefined;
    }
  });
  return all.filter((each) => each !== undefined);
}

/** The gauges of a group, as its phases say. @param lead seconds without samples, a multiple of the interval */
export function gaugesOf(
  { series, spell }: Watched,
  phases: readonly Phase[],
  interval: number,
  lead: number,
): readonly TestSeries[] {
  const segments: Segment[] = lead === 0 ? [] : [{ kind: 'gap', samples: Math.round(lead / interval) }];
  const samples = badSamples(phases);
  for (let from = 0; from < samples.length;) {
    const isBad = samples[from] === true;
    let to = from + 1;
    while (to < samples.length && (samples[to] === true) === isBad) to += 1;
    segments.push(spell(isBad, lead + from * interval, interval, to - from));
    from = to;
  }
  return series.map((each) => ({ ...each, segments }));
}
