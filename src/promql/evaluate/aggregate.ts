import type { Aggregation } from '../ast.js';
import { EvaluationError } from './error.js';
import { LabelFilter, type LabelSet } from './labels.js';
import { ascending, quantile } from './quantile.js';
import type { Sample } from './sample.js';
import { keepsInfinite } from './sums.js';

type Join = (values: readonly number[], parameter: number) => number;

function average(values: readonly number[]): number {
  let mean = values[0] ?? NaN;
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    if (!keepsInfinite(mean, value)) mean += value / (index + 1) - mean / (index + 1);
  }
  return mean;
}

function variance(values: readonly number[]): number {
  let mean = values[0] ?? NaN;
  let squares = 0;
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    const delta = value - mean;
    mean += delta / (index + 1);
    squares += delta * (value - mean);
  }
  return squares / values.length;
}

/** Operators that make one value of a group's. */
const joins: Partial<Record<Aggregation['op'], Join>> = {
  avg: average,
  count: (values) => values.length,
  group: () => 1,
  max: (values) => values.reduce((found, value) => (found < value || Number.isNaN(found) ? value : found)),
  min: (values) => values.reduce((found, value) => (found > value || Number.isNaN(found) ? value : found)),
  quantile: (values, q) => quantile(q, values),
  stddev: (values) => Math.sqrt(variance(values)),
  stdvar: variance,
  sum: (values) => values.reduce((sum, value) => sum + value),
};

/** The largest number that topk() and bottomk() take: that of a 64-bit integer. */
const largestCount = 2 ** 63;

function groupsOf(samples: readonly Sample[], filter: LabelFilter): Map<LabelSet, Sample[]> {
  const groups = new Map<LabelSet, Sample[]>();
  for (const sample of samples) {
    const key = sample.labels.filter(filter);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sample]);
    else group.push(sample);
  }
  return groups;
}

/** The highest or lowest of each group; of equal ones, those that come first. */
function extremes(groups: Iterable<readonly Sample[]>, count: number, highest: boolean): readonly Sample[] {
  const order = (a: Sample, b: Sample): number => {
    const [x, y] = [a.value, b.value];
    if (Number.isNaN(x) || Number.isNaN(y)) return -ascending(x, y);
    return highest ? ascending(y, x) : ascending(x, y);
  };
  return [...groups].flatMap((group) => group.toSorted(order).slice(0, count));
}

/** A number as Go prints it without an exponent and with the fewest digits. */
export function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  if (point <= 0) return `${sign}0${Number(digits) === 0 ? '' : `.${'0'.repeat(-point)}${digits}`}`;
  const whole = digits.padEnd(point, '0');
  return `${sign}${whole.slice(0, point)}${whole.length > point ? `.${whole.slice(point)}` : ''}`;
}

function counted(expr: Aggregation, label: string, samples: readonly Sample[]): readonly Sample[] {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) throw new EvaluationError(`invalid label name "${label}"`);
  const { mode = 'by', labels = [] } = expr.grouping ?? {};
  const labelled = samples.map((sample) => ({
    ...sample,
    labels: sample.labels.with([[label, plainDecimal(sample.value)]]),
  }));
  const filter =
    mode === 'by'
      ? new LabelFilter('keep', [...labels, label])
      : new LabelFilter('drop', [...labels, '__name__']);
  return [...groupsOf(labelled, filter)].map(([group, { length }]) => ({ labels: group, value: length }));
}

const filters = new WeakMap<Aggregation, LabelFilter>();

function filterOf(expr: Aggregation): LabelFilter {
  const known = filters.get(expr);
  if (known !== undefined) return known;
  const { mode = 'by', labels = [] } = expr.grouping ?? {};
  const made =
    mode === 'by' ? new LabelFilter('keep', labels) : new LabelFilter('drop', [...labels, '__name__']);
  filters.set(expr, made);
  return made;
}

/** An aggregation of samples; `parameter` is a number, or the label of count_values. */
export function aggregated(
  expr: Aggregation,
  parameter: number | string,
  samples: readonly Sample[],
): readonly Sample[] {
  if (typeof parameter === 'string') return counted(expr, parameter, samples);
  if (expr.op === 'topk' || expr.op === 'bottomk') {
    if (!(Math.abs(parameter) <= largestCount))
      throw new EvaluationError(`Scalar value ${parameter} overflows int64`);
    const count = Math.trunc(parameter);
    return count < 1 ? [] : extremes(groupsOf(samples, filterOf(expr)).values(), count, expr.op === 'topk');
  }
  const join = joins[expr.op];
  if (join === undefined) throw new EvaluationError(`${expr.op} is not evaluated`);
  return [...groupsOf(samples, filterOf(expr))].map(([labels, group]) => ({
    labels,
    value: join(
      group.map(({ value }) => value),
      parameter,
    ),
  }));
}
