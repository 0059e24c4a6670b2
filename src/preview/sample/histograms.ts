import type { Flow } from './flows.js';
import { counted, grainOf } from './grain.js';
import { sortedLabels, type Row } from './row.js';

type Labels = Row['labels'];

/** How observations are spread: a log-normal distribution, and another one while something is wrong. */
export interface Spread {
  /** The median, in the unit of the histogram. */
  readonly median: number;
  /** Standard deviation of the logarithm. */
  readonly sigma: number;
  /** How many times as large the median is at the worst. */
  readonly worsening: number;
  /** How much of its worst it shows in good times, 0 to 1: of what is promised, less. */
  readonly wobble: number;
}

/** The share of a normal distribution below a value: Abramowitz and Stegun, 26.2.17, to seven digits. */
function normalBelow(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const tail =
    0.3989422804014327 *
    Math.exp((-value * value) / 2) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return value < 0 ? tail : 1 - tail;
}

function below(bound: number, { median, sigma }: Pick<Spread, 'median' | 'sigma'>, isCount: boolean): number {
  // What is counted falls on whole numbers: 3 holds all that is below 3.5.
  const edge = isCount ? bound + 0.5 : bound;
  return edge <= 0 ? 0 : normalBelow(Math.log(edge / median) / sigma);
}

function mean({ median, sigma }: Pick<Spread, 'median' | 'sigma'>): number {
  return median * Math.exp((sigma * sigma) / 2);
}

/**
 * The series of one row of a histogram.
 * @param rate observations a second
 * @param isCount whether whole numbers are observed
 */
export function histogramRows(
  { name, buckets }: { readonly name: string; readonly buckets: readonly number[] },
  labels: Labels,
  flow: Flow,
  { rate, spread, isCount }: { readonly rate: number; readonly spread: Spread; readonly isCount: boolean },
): readonly Row[] {
  const grain = grainOf(rate);
  const worst = { median: spread.median * spread.worsening, sigma: spread.sigma };
  const row = (suffix: string, more: Labels, value: (events: number, slow: number) => number): Row => ({
    name: `${name}_${suffix}`,
    labels: sortedLabels([...labels, ...more]),
    cumulative: true,
    fill(values, from, to) {
      for (let index = from; index < to; index += 1)
        values[index - from] = value(
          flow.events[index] ?? 0,
          0.8 * (flow.troubled[index] ?? 0) + spread.wobble * (flow.wobble[index] ?? 0),
        );
    },
  });
  const bounds = buckets.map((bound) => {
    const calm = below(bound, spread, isCount) * rate;
    const change = below(bound, worst, isCount) * rate - calm;
    return row('bucket', [['le', String(bound)]], (events, slow) =>
      counted(calm * events + change * slow, grain),
    );
  });
  const count = (events: number): number => counted(rate * events, grain);
  const calmMean = mean(spread) * rate;
  const change = mean(worst) * rate - calmMean;
  const scale = isCount ? 1 : 1e3;
  return [
    ...bounds,
    row('bucket', [['le', '+Inf']], count),
    row('count', [], count),
    row('sum', [], (events, slow) => Math.floor((calmMean * events + change * slow) * scale) / scale),
  ];
}
