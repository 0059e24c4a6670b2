import type { Label, Metric, Model } from '../../model/model.js';
import { sharesOf } from '../../preview/sample/outcomes.js';
import { budgets, failingOf } from '../../preview/sample/rates.js';
import { expectedValues } from './label-values.js';
import type { Rate, Rates } from './rates.js';

/** Seconds that a process lives until the next deployment: rows that it has once made stay as long. */
export const processLife = 86_400;

/** Combinations that are looked at one by one; of more, each is taken to be as likely as any other. */
const mostCombinations = 20_000;

/** A combination of label values that is expected on the scraped page. */
export interface Row {
  /** In the order of the metric's labels. */
  readonly values: readonly string[];
  /** Its part of what the metric counts, from 0 to 1. */
  readonly share: number;
  /** The probability that it is there, from 0 to 1. */
  readonly presence: number;
}

export interface ExpectedRows {
  readonly rows: readonly Row[];
  /** How many there are on average. */
  readonly count: number;
  readonly rate: Rate;
  /** What that rests on, for people. */
  readonly basis: string;
}

/** A route is asked for with one method, and nothing falls back to itself. */
function isOdd(labels: readonly Label[], values: readonly string[], places: readonly number[]): boolean {
  const at = (wire: string): number => labels.findIndex((label) => label.wire === wire);
  const [method, route] = [at('method'), at('route')];
  if (method >= 0 && route >= 0)
    return (places[method] ?? 0) !== methodOf(places[route] ?? 0, labels[method]);
  const pairs = [
    [at('from_model'), at('to_model')],
    [at('parent'), at('child')],
  ] as const;
  return pairs.some(([from, to]) => from >= 0 && to >= 0 && suffix(values[from]) === suffix(values[to]));
}

const suffix = (value: string | undefined): string => value?.slice(value.lastIndexOf('-') + 1) ?? '';

/** Routes are read and written in turn: methods stand in the order of their use. */
function methodOf(route: number, method: Label | undefined): number {
  const size = method?.bound.kind === 'closed' ? method.bound.values.length : 1;
  return route % Math.min(2, size);
}

/** Values, and which of its label's values each one is. */
interface Combination {
  readonly values: readonly string[];
  readonly places: readonly number[];
}

function combinations(sizes: readonly (readonly string[])[]): readonly Combination[] {
  return sizes.reduce<readonly Combination[]>(
    (found, values) =>
      found.flatMap((each) =>
        values.map((value, place) => ({
          values: [...each.values, value],
          places: [...each.places, place],
        })),
      ),
    [{ values: [], places: [] }],
  );
}

function isKnownAtStart(metric: Metric): boolean {
  return metric.initialised && metric.labels.every(({ bound }) => bound.kind !== 'open');
}

function basisOf(metric: Metric, rate: Rate, share: number): string {
  const { labels, type } = metric;
  if (labels.length === 0) return 'no labels';
  const parts: string[] = [];
  const capped = labels.filter(({ bound }) => bound.kind !== 'closed').map(({ wire }) => wire);
  if (capped.length > 0) parts.push(`${capped.join(', ')} at ${Math.round(share * 100)}% of the cap`);
  if (capped.length < labels.length) parts.push('closed values as declared');
  if (isKnownAtStart(metric)) parts.push('all rows made at the start');
  else if (type !== 'gauge')
    parts.push(`rows of a day at ${Number(rate.perSecond.toPrecision(2))}/s (${rate.basis})`);
  return parts.join('; ');
}

/** How events are spread over combinations of label values. */
interface Spreading {
  readonly failing: ReturnType<typeof failingOf>;
  /** In the life of a process. */
  readonly events: number;
  /** Whether rows are there before anything has come. */
  readonly isThere: boolean;
  readonly isPossible: (each: Combination) => boolean;
}

/** Works out the rows of metrics that an instance is expected to expose. */
export class RowModel {
  readonly #rates: Rates;
  readonly #share: number;
  readonly #budgets: ReadonlyMap<string, number>;

  constructor(model: Model, rates: Rates, share: number) {
    this.#rates = rates;
    this.#share = share;
    this.#budgets = budgets(model);
  }

  /** Events are spread over combinations unevenly: a row is there once its first one has come, or from the start where it is known. */
  of(metric: Metric): ExpectedRows {
    const rate = this.#rates.ofMetric(metric.name);
    const isKnown = isKnownAtStart(metric);
    return {
      ...this.#spread(metric.labels, {
        failing: failingOf(this.#budgets.get(metric.name)),
        events: rate.perSecond * processLife,
        isThere: metric.type === 'gauge' || isKnown || metric.labels.length === 0,
        // What is known at the start is made of all values, whether they go together or not.
        isPossible: (each) => isKnown || !isOdd(metric.labels, each.values, each.places),
      }),
      rate,
      basis: basisOf(metric, rate, this.#share),
    };
  }

  /** How many rows labels have on average of events that come so often, counted over the life of a process. */
  countOf(labels: readonly Label[], perSecond: number): number {
    return this.#spread(labels, {
      failing: failingOf(undefined),
      events: perSecond * processLife,
      isThere: false,
      isPossible: (each) => !isOdd(labels, each.values, each.places),
    }).count;
  }

  #spread(labels: readonly Label[], events: Spreading): Pick<ExpectedRows, 'rows' | 'count'> {
    const presence = (share: number): number => (events.isThere ? 1 : 1 - Math.exp(-events.events * share));
    const sizes = labels.map((label) => expectedValues(label, this.#share));
    const product = sizes.reduce((all, { length }) => all * length, 1);
    if (product > mostCombinations) return { rows: [], count: product * presence(1 / product) };
    const shares = labels.map((label, index) => sharesOf(label, sizes[index] ?? [], events.failing));
    const weighted = combinations(sizes)
      .filter(events.isPossible)
      .map(({ values }) => ({
        values,
        weight: values.reduce((part, value, index) => part * (shares[index]?.get(value)?.well ?? 0), 1),
      }));
    const sum = weighted.reduce((total, { weight }) => total + weight, 0);
    const rows = weighted.map(({ values, weight }): Row => {
      const share = sum > 0 ? weight / sum : 1 / weighted.length;
      return { values, share, presence: presence(share) };
    });
    return { rows, count: rows.reduce((total, row) => total + row.presence, 0) };
  }
}
