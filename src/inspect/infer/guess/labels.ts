import { camelCase } from '../../../encode/names.js';
import type { Evidence, SeenLabel, SeenMetric } from '../evidence.js';
import { Guess, type Entry } from '../draft.js';
import { identifierReason } from './identifiers.js';
import { closedSet, isOpenName, shownCount, vocabularyOf } from './vocabulary.js';
import { commonStem, labelDescription } from './words.js';

/** A label of the spec: the same things under the same name, on one metric or on many. */
interface LabelSet {
  readonly wire: string;
  readonly metrics: SeenMetric[];
  readonly values: Map<string, number>;
  readonly literals: Set<string>;
  literalCalls: number;
  openCalls: number;
}

/** The labels of a spec, and which of them each metric has. */
export interface GuessedLabels {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Keys by metric, in the order of its labels. */
  readonly ofMetric: ReadonlyMap<string, readonly string[]>;
}

/** Values that the language can list: printable, none longer than what a label of the spec may be. */
// eslint-disable-next-line no-control-regex
const listable = /^[^\u0000-\u001f\u007f]{1,128}$/;

/** Whether two sets of values are values of one thing. */
function areOfOneKind(a: LabelSet, seen: SeenLabel): boolean {
  const values = [...seen.values.keys()];
  const own = [...a.values.keys()];
  // Environments, routes, projects: whichever there are, they are the same kind of things.
  if (own.length === 0 || values.length === 0 || isOpenName(a.wire)) return true;
  const vocabulary = vocabularyOf(own);
  if (vocabulary !== undefined && vocabulary === vocabularyOf(values)) return true;
  if (
    own.every((value) => /^[1-5][0-9]{2}$/.test(value)) &&
    values.every((value) => /^[1-5][0-9]{2}$/.test(value))
  )
    return true;
  return values.some((value) => a.values.has(value));
}

/** Labels with one name whose values overlap become one; those that share nothing but the name stay apart. */
function grouped(metrics: readonly SeenMetric[], skipped: (label: string) => boolean): readonly LabelSet[] {
  const sets: LabelSet[] = [];
  // Labels with many values first: those of which none was seen then go to a set that has some.
  const all = metrics.flatMap((metric) => [...metric.labels].map(([wire, seen]) => ({ metric, wire, seen })));
  const bySize = [...all].sort((a, b) => b.seen.values.size - a.seen.values.size);
  for (const { metric, wire, seen } of bySize) {
    if (skipped(wire)) continue;
    let set = sets.find((each) => each.wire === wire && areOfOneKind(each, seen));
    if (set === undefined) {
      set = { wire, metrics: [], values: new Map(), literals: new Set(), literalCalls: 0, openCalls: 0 };
      sets.push(set);
    }
    set.metrics.push(metric);
    set.literalCalls += seen.literalCalls;
    set.openCalls += seen.openCalls;
    for (const value of seen.literals) set.literals.add(value);
    for (const [value, weight] of seen.values) set.values.set(value, (set.values.get(value) ?? 0) + weight);
  }
  return sets;
}

/**
 * The next of the numbers that people write as a cap, with room for as many again; for what people and deployments name, of which a
 * page shows but the beginning, at least 20.
 */
export function capFor(count: number, wire = ''): number {
  const steps = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
  const least = isOpenName(wire) ? 20 : count === 0 ? 10 : 5;
  return steps.find((step) => step >= Math.max(least, count * 2)) ?? 100_000;
}

/** What bounds a label: a list, or a cap. */
function boundOf(evidence: Evidence, key: string, set: LabelSet): Entry {
  const values = [...set.values.keys()].filter((value) => value !== '');
  const where = set.metrics[0]?.sightings[0]?.where;
  const identifier = identifierReason(set.wire, values);
  if (identifier !== undefined) {
    const cap = capFor(Math.max(values.length, 10));
    evidence.note(
      'look',
      `labels.${key}`,
      `${identifier}: put it on a span or into a log line, or list its values`,
      where,
    );
    return {
      cap: new Guess(cap, `${identifier}, which have no end: put them on a span or into a log line instead`),
    };
  }
  const isListable = values.length > 0 && values.every((value) => listable.test(value));
  // A value of the page that no call passes comes from a call that was not recognised.
  const isLiteral =
    set.literalCalls > 0 && set.openCalls === 0 && values.every((value) => set.literals.has(value));
  if (isLiteral && isListable) {
    const calls =
      set.literalCalls === 1
        ? 'the one call passes a literal'
        : `${set.literalCalls === 2 ? 'both' : `all ${set.literalCalls}`} calls pass literals`;
    return { values: new Guess([...values].sort(), calls) };
  }
  const support = [...set.values.values()].reduce((sum, each) => sum + each, 0);
  const closed = isListable ? closedSet(set.wire, values, support) : undefined;
  if (closed !== undefined) return { values: new Guess(closed.values, closed.reason) };
  const isInfo = set.metrics.every(({ name }) => name.endsWith('_info'));
  if (isInfo && values.length <= 1) return { cap: new Guess(2, 'one value at a time') };
  const seen =
    values.length === 0
      ? 'no value was seen: how many will there be?'
      : `${values.length === 1 ? 'one value was' : `${values.length} values were`} seen${support > values.length ? ` in ${shownCount(support)} observations` : ''}`;
  return {
    cap: new Guess(
      capFor(values.length, set.wire),
      values.length === 0 ? seen : `${seen}, with room for more`,
    ),
  };
}

/** A key that is free, also as an identifier. */
function keyFor(set: LabelSet, isFirst: boolean, taken: Set<string>): string {
  const stem = commonStem(
    set.metrics.map(({ name }) => name.replace(/_(?:total|seconds|bytes|info|count)$/, '')),
  );
  const own = set.metrics[0]?.name ?? 'metric';
  const candidates = [
    ...(isFirst ? [set.wire] : []),
    ...(stem === '' ? [] : [`${stem}_${set.wire}`]),
    `${own}_${set.wire}`,
  ];
  let key = candidates.find((each) => !taken.has(camelCase(each)));
  for (let at = 2; key === undefined; at += 1) {
    const numbered = `${set.wire}_${at}`;
    if (!taken.has(camelCase(numbered))) key = numbered;
  }
  taken.add(camelCase(key));
  return key;
}

/**
 * Proposes the labels of some metrics.
 * @param skipped labels that are not the metrics' own, such as those of the registry
 */
export function guessLabels(
  evidence: Evidence,
  metrics: readonly SeenMetric[],
  skipped: (label: string) => boolean,
): GuessedLabels {
  const sets = grouped(metrics, skipped);
  const entries = new Map<string, Entry>();
  const keys = new Map<SeenMetric, Map<string, string>>();
  const taken = new Set<string>();
  // The set that is on the most metrics has the name itself; the others have a longer key, and the name on the wire.
  const ordered = [...sets].sort((a, b) => b.metrics.length - a.metrics.length);
  const firsts = new Set<string>();
  for (const set of ordered) {
    const key = keyFor(set, !firsts.has(set.wire), taken);
    firsts.add(set.wire);
    const alike = sets.filter(({ wire }) => wire === set.wire).length;
    const only =
      alike > 1 && set.metrics.length <= 3 ? ` of ${set.metrics.map(({ name }) => name).join(', ')}` : '';
    entries.set(key, {
      description: new Guess(labelDescription(set.wire), `from its name${only}`),
      ...(key === set.wire ? {} : { as: set.wire }),
      ...boundOf(evidence, key, set),
    });
    for (const metric of set.metrics) {
      const own = keys.get(metric) ?? new Map<string, string>();
      keys.set(metric, own.set(set.wire, key));
    }
  }
  const ofMetric = new Map(
    metrics.map((metric) => [
      metric.name,
      [...metric.labels.keys()].flatMap((wire) => keys.get(metric)?.get(wire) ?? []),
    ]),
  );
  const inOrder = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return { entries: new Map(inOrder), ofMetric };
}
