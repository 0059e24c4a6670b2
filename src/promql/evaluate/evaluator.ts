import type { Aggregation, Binary, Call, Duration, Expr, Shift, Subquery, VectorSelector } from '../ast.js';
import { isSetOperator } from '../precedence.js';
import { valueType } from '../types.js';
import { aggregated } from './aggregate.js';
import { ofScalars, ofVectors, setOperation, withScalar } from './binary.js';
import { EvaluationError } from './error.js';
import { dateOf, ofDate, ofNumber, withScalars } from './functions.js';
import { labelJoin, labelReplace, labelsOfAbsent } from './label-functions.js';
import { LabelFilter, nameless, type LabelSet } from './labels.js';
import { overTime, smoothed } from './over-time.js';
import { ascending, histogramQuantiles, quantile } from './quantile.js';
import { extrapolated, instantaneous, regression, type Asked } from './rates.js';
import { distinct, type Sample } from './sample.js';
import type { SeriesStore, Window } from './store.js';

/** How a server is set up, or a newer one differs. */
export interface EvaluationOptions {
  /** Seconds that a selector looks back for a sample: 300 unless told. */
  readonly lookback?: number;
  /** Step of a subquery that names none, in seconds: the interval of evaluation; 60 unless told. */
  readonly step?: number;
  /** Prometheus 3: a sample as old as the range or the time to look back is outside. */
  readonly leftOpen?: boolean;
  /** How many samples one range may hold: promtool refuses more than 10 000. */
  readonly maxSamples?: number;
}

/** A series within a range. */
interface Ranged {
  readonly labels: LabelSet;
  readonly window: Window;
}

/** Series within the range that was asked for, in milliseconds. */
interface Range extends Asked {
  readonly series: readonly Ranged[];
}

const withoutBound = new LabelFilter('drop', ['le']);
/** Functions of a range that keep the metric's name. */
const keepsName = new Set(['last_over_time', 'first_over_time']);

function bare(expr: Expr): Expr {
  return expr.kind === 'paren' ? bare(expr.expr) : expr;
}

function milliseconds(duration: Duration): number {
  if (duration.kind === 'variable') throw new EvaluationError(`${duration.name} is not filled in`);
  return Math.round(duration.seconds * 1000);
}

function text(expr: Expr | undefined): string {
  const found = expr && bare(expr);
  if (found?.kind !== 'string') throw new EvaluationError('a string is missing');
  return found.value;
}

/** Evaluates expressions at one time; times are in milliseconds. */
export class Evaluator {
  readonly store: SeriesStore;
  readonly lookback: number;
  readonly step: number;
  readonly leftOpen: boolean;
  readonly maxSamples: number;
  /** What `start()` and `end()` stand for. */
  readonly queriedAt: number;

  constructor(store: SeriesStore, queriedAt: number, options: EvaluationOptions) {
    this.store = store;
    this.queriedAt = queriedAt;
    this.lookback = Math.round((options.lookback ?? 300) * 1000);
    this.step = Math.round((options.step ?? 60) * 1000);
    this.leftOpen = options.leftOpen ?? false;
    this.maxSamples = options.maxSamples ?? Infinity;
  }

  /** The time that a selector or subquery means. */
  reference({ offset, evaluatedAt }: Shift, at: number): number {
    const base =
      evaluatedAt === undefined
        ? at
        : 'timestamp' in evaluatedAt
          ? Math.round(evaluatedAt.timestamp * 1000)
          : this.queriedAt;
    return base - (offset === undefined ? 0 : milliseconds(offset));
  }

  scalar(expr: Expr | undefined, at: number): number {
    switch (expr?.kind) {
      case 'number':
        if (expr.text?.startsWith('$') === true) throw new EvaluationError(`${expr.text} is not filled in`);
        return expr.value;
      case 'paren':
        return this.scalar(expr.expr, at);
      case 'unary': {
        const value = this.scalar(expr.expr, at);
        return expr.op === '-' ? -value : value;
      }
      case 'binary':
        return ofScalars(expr.op, this.scalar(expr.left, at), this.scalar(expr.right, at));
      case 'call':
        return this.scalarCall(expr, at);
      default:
        throw new EvaluationError('a number is missing');
    }
  }

  scalarCall({ func, args }: Call, at: number): number {
    switch (func) {
      case 'pi':
        return Math.PI;
      case 'time':
        return at / 1000;
      case 'scalar': {
        const [sample, ...more] = this.vector(args[0], at);
        return sample === undefined || more.length > 0 ? NaN : sample.value;
      }
      default:
        throw new EvaluationError(`${func}() is not evaluated`);
    }
  }

  vector(expr: Expr | undefined, at: number): readonly Sample[] {
    switch (expr?.kind) {
      case 'selector':
        return this.selected(expr, at).map(({ labels, value }) => ({ labels, value }));
      case 'paren':
        return this.vector(expr.expr, at);
      case 'unary': {
        const samples = this.vector(expr.expr, at);
        if (expr.op === '+') return samples;
        return distinct(
          samples.map(({ labels, value }) => ({ labels: labels.filter(nameless), value: -value })),
        );
      }
      case 'aggregation':
        // The labels of groups differ, as do those of samples that are picked.
        return this.aggregation(expr, at);
      case 'binary':
        return distinct(this.binary(expr, at));
      case 'call':
        return distinct(this.call(expr, at));
      default:
        throw new EvaluationError('a vector is missing');
    }
  }

  /** Samples with the times at which they were taken. */
  selected(selector: VectorSelector, at: number): (Sample & { readonly time: number })[] {
    const reference = this.reference(selector, at);
    const found: (Sample & { readonly time: number })[] = [];
    for (const series of this.store.select(selector)) {
      const index = series.at(reference, this.lookback, this.leftOpen);
      if (index >= 0)
        found.push({
          labels: series.labels,
          value: series.values[index] ?? NaN,
          time: series.times[index] ?? NaN,
        });
    }
    return found;
  }

  aggregation(expr: Aggregation, at: number): readonly Sample[] {
    const { parameter } = expr;
    const value =
      parameter === undefined
        ? NaN
        : expr.op === 'count_values'
          ? text(parameter)
          : this.scalar(parameter, at);
    return aggregated(expr, value, this.vector(expr.expr, at));
  }

  binary(expr: Binary, at: number): readonly Sample[] {
    const { op, left, right } = expr;
    if (valueType(left) === 'scalar')
      return withScalar(expr, this.vector(right, at), this.scalar(left, at), true);
    if (valueType(right) === 'scalar')
      return withScalar(expr, this.vector(left, at), this.scalar(right, at), false);
    const [a, b] = [this.vector(left, at), this.vector(right, at)];
    return isSetOperator(op) ? setOperation(expr, a, b) : ofVectors(expr, a, b);
  }

  call(expr: Call, at: number): readonly Sample[] {
    const { func, args } = expr;
    const range = args.find((each) => valueType(each) === 'range');
    if (range !== undefined) return this.ofRange(expr, this.range(range, at), at);
    const map = (change: (value: number) => number): readonly Sample[] =>
      this.vector(args[0], at).map(({ labels, value }) => ({
        labels: labels.filter(nameless),
        value: change(value),
      }));
    const plain = ofNumber[func];
    if (plain !== undefined) return map(plain);
    const change = withScalars[func];
    if (change !== undefined) {
      const made = change(...args.slice(1).map((each) => this.scalar(each, at)));
      return made === undefined ? [] : map(made);
    }
    const date = ofDate[func];
    if (date !== undefined) {
      if (args.length > 0) return map((value) => date(dateOf(value)));
      return [{ labels: this.store.labels.none, value: date(dateOf(at / 1000)) }];
    }
    return this.otherCall(expr, at);
  }

  otherCall({ func, args }: Call, at: number): readonly Sample[] {
    switch (func) {
      case 'vector':
        return [{ labels: this.store.labels.none, value: this.scalar(args[0], at) }];
      case 'absent':
        return this.vector(args[0], at).length > 0 ? [] : this.absence(args[0]);
      case 'sort':
      case 'sort_desc':
        return this.sorted(this.vector(args[0], at), func === 'sort');
      case 'timestamp':
        return this.timestamps(args[0], at);
      case 'label_replace':
        return labelReplace(
          this.vector(args[0], at),
          text(args[1]),
          text(args[2]),
          text(args[3]),
          text(args[4]),
        );
      case 'label_join':
        return labelJoin(this.vector(args[0], at), text(args[1]), text(args[2]), args.slice(3).map(text));
      case 'histogram_quantile':
        return histogramQuantiles(
          this.scalar(args[0], at),
          this.vector(args[1], at),
          (labels) => labels.filter(withoutBound),
          (labels) => labels.filter(nameless),
        );
      default:
        if (func.startsWith('histogram_')) throw new EvaluationError('native histograms are not evaluated');
        throw new EvaluationError(`${func}() is not evaluated`);
    }
  }

  sorted(samples: readonly Sample[], rising: boolean): readonly Sample[] {
    return samples.toSorted(({ value: a }, { value: b }) => {
      if (Number.isNaN(a) || Number.isNaN(b)) return -ascending(a, b);
      return rising ? ascending(a, b) : ascending(b, a);
    });
  }

  timestamps(expr: Expr | undefined, at: number): readonly Sample[] {
    const selector = expr && bare(expr);
    const samples =
      selector?.kind === 'selector'
        ? this.selected(selector, at)
        : this.vector(expr, at).map((sample) => ({ ...sample, time: at }));
    return samples.map(({ labels, time }) => ({ labels: labels.filter(nameless), value: time / 1000 }));
  }

  absence(expr: Expr | undefined): readonly Sample[] {
    return expr === undefined ? [] : [{ labels: labelsOfAbsent(this.store.labels, expr), value: 1 }];
  }

  range(expr: Expr, at: number): Range {
    switch (expr.kind) {
      case 'paren':
        return this.range(expr.expr, at);
      case 'selector': {
        const end = this.reference(expr, at);
        const start = end - (expr.range === undefined ? 0 : milliseconds(expr.range));
        const series: Ranged[] = [];
        for (const each of this.store.select(expr)) {
          const window = each.window(start, end, this.leftOpen);
          if (window === undefined) continue;
          if (window.to - window.from > this.maxSamples)
            throw new EvaluationError('query processing would load too many samples into memory');
          series.push({ labels: each.labels, window });
        }
        return { start, end, series };
      }
      case 'subquery':
        return this.subquery(expr, at);
      default:
        throw new EvaluationError('a range is missing');
    }
  }

  /** The values of an expression at the multiples of a step within a range. */
  subquery(expr: Subquery, at: number): Range {
    const end = this.reference(expr, at);
    const start = end - milliseconds(expr.range);
    const step = expr.step === undefined ? this.step : milliseconds(expr.step);
    const times = new Map<LabelSet, { readonly times: number[]; readonly values: number[] }>();
    let first = Math.trunc(start / step) * step;
    if (first < start || (this.leftOpen && first === start)) first += step;
    const isScalar = valueType(expr.expr) === 'scalar';
    for (let time = first; time <= end; time += step) {
      const samples = isScalar
        ? [{ labels: this.store.labels.none, value: this.scalar(expr.expr, time) }]
        : this.vector(expr.expr, time);
      for (const { labels, value } of samples) {
        const found = times.get(labels);
        if (found === undefined) times.set(labels, { times: [time], values: [value] });
        else {
          found.times.push(time);
          found.values.push(value);
        }
      }
    }
    const series = [...times].map(([labels, found]) => ({
      labels,
      window: {
        times: Float64Array.from(found.times),
        values: Float64Array.from(found.values),
        from: 0,
        to: found.times.length,
      },
    }));
    return { start, end, series };
  }

  ofRange({ func, args }: Call, range: Range, at: number): readonly Sample[] {
    if (func === 'absent_over_time') return range.series.length > 0 ? [] : this.absence(args[0]);
    const scalars = args.filter((each) => valueType(each) === 'scalar').map((each) => this.scalar(each, at));
    const evaluate = this.rangeFunction(func, range, scalars, at);
    const found: Sample[] = [];
    for (const { labels, window } of range.series) {
      const value = evaluate(window);
      if (value !== undefined)
        found.push({ labels: keepsName.has(func) ? labels : labels.filter(nameless), value });
    }
    return found;
  }

  rangeFunction(
    func: string,
    asked: Asked,
    [first = NaN, second = NaN]: readonly number[],
    at: number,
  ): (window: Window) => number | undefined {
    const plain = overTime[func];
    if (plain !== undefined) return plain;
    switch (func) {
      case 'rate':
        return (window) => extrapolated(window, asked, { counter: true, perSecond: true });
      case 'increase':
        return (window) => extrapolated(window, asked, { counter: true, perSecond: false });
      case 'delta':
        return (window) => extrapolated(window, asked, { counter: false, perSecond: false });
      case 'irate':
        return (window) => instantaneous(window, true);
      case 'idelta':
        return (window) => instantaneous(window, false);
      case 'deriv':
        return (window) => regression(window, window.times[window.from] ?? NaN)?.slope;
      case 'predict_linear':
        return (window) => {
          const line = regression(window, at);
          return line && line.slope * first + line.intercept;
        };
      case 'quantile_over_time':
        return ({ values, from, to }) => quantile(first, [...values.subarray(from, to)]);
      case 'holt_winters':
      case 'double_exponential_smoothing':
        for (const factor of [first, second]) {
          if (!(factor > 0 && factor < 1))
            throw new EvaluationError(`a factor of ${func}() is not between 0 and 1: ${factor}`);
        }
        return (window) => smoothed(window, first, second);
      default:
        throw new EvaluationError(`${func}() is not evaluated`);
    }
  }
}
