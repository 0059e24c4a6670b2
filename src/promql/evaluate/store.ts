import type { Matcher, VectorSelector } from '../ast.js';
import { EvaluationError } from './error.js';
import { Labels, type LabelSet } from './labels.js';
import { wholeMatch } from './regex.js';

/** Samples `from` to `to` (exclusive) of two arrays, times in milliseconds. */
export interface Window {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
}

const firstCapacity = 64;
const nothing = new Float64Array(0);

/** The samples of one series, in the order of their times. */
export class Series {
  readonly labels: LabelSet;
  times: Float64Array = nothing;
  values: Float64Array = nothing;
  length = 0;
  /** Indices of the markers that say that the series has ended, ascending. */
  readonly stale: number[] = [];

  constructor(labels: LabelSet) {
    this.labels = labels;
  }

  add(time: number, value: number): void {
    if (this.length === this.times.length) {
      const capacity = Math.max(this.length * 2, firstCapacity);
      const [times, values] = [this.times, this.values];
      this.times = new Float64Array(capacity);
      this.values = new Float64Array(capacity);
      this.times.set(times);
      this.values.set(values);
    }
    this.times[this.length] = time;
    this.values[this.length] = value;
    this.length += 1;
  }

  /** Takes samples that are in order for its own. @param times milliseconds */
  hold(times: Float64Array, values: Float64Array): void {
    this.times = times;
    this.values = values;
    this.length = times.length;
  }

  /** Adds a sample after the last one; the same sample may be added twice. @param time milliseconds */
  append(time: number, value: number): void {
    const last = this.length - 1;
    if (last >= 0 && time <= (this.times[last] ?? 0)) {
      if (time === this.times[last] && Object.is(value, this.values[last])) return;
      throw new EvaluationError(
        `${this.labels.get('__name__')} has a sample at ${time / 1000} s that would come before its last one, or replace it`,
      );
    }
    this.add(time, value);
  }

  /** Ends the series; where it has a sample at the time, nothing changes. @param time milliseconds */
  end(time: number): void {
    const last = this.length - 1;
    if (last >= 0 && time <= (this.times[last] ?? 0)) return;
    this.stale.push(this.length);
    this.add(time, NaN);
  }

  /** The index of the first sample that is later than a time, or at it where `including`. */
  firstAfter(time: number, including: boolean): number {
    const { times } = this;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = times[middle] ?? 0;
      if (found < time || (found === time && !including)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The samples from one time to another, the markers left out; undefined where there are none. */
  window(from: number, to: number, leftOpen: boolean): Window | undefined {
    const first = this.firstAfter(from, !leftOpen);
    const last = this.firstAfter(to, false);
    if (first >= last) return undefined;
    if (this.stale.length === 0 || !this.stale.some((index) => index >= first && index < last))
      return { times: this.times, values: this.values, from: first, to: last };
    const stale = new Set(this.stale);
    const kept = Array.from({ length: last - first }, (_, index) => first + index).filter(
      (index) => !stale.has(index),
    );
    if (kept.length === 0) return undefined;
    return {
      times: Float64Array.from(kept, (index) => this.times[index] ?? 0),
      values: Float64Array.from(kept, (index) => this.values[index] ?? 0),
      from: 0,
      to: kept.length,
    };
  }

  /** The index of the sample that counts at a time; -1 where the last one is too old, or a marker. */
  at(time: number, lookback: number, leftOpen: boolean): number {
    const index = this.firstAfter(time, false) - 1;
    if (index < 0) return -1;
    const age = time - (this.times[index] ?? 0);
    if (age > lookback || (leftOpen && age === lookback)) return -1;
    return this.stale.length > 0 && this.stale.includes(index) ? -1 : index;
  }
}

/** Whether a value fulfils a matcher; a label that is not there has the empty value. */
function fulfils({ operator, value }: Matcher): (found: string) => boolean {
  switch (operator) {
    case '=':
      return (found) => found === value;
    case '!=':
      return (found) => found !== value;
    case '=~': {
      const pattern = wholeMatch(value);
      return (found) => pattern.test(found);
    }
    case '!~': {
      const pattern = wholeMatch(value);
      return (found) => !pattern.test(found);
    }
  }
}

interface Selected {
  readonly series: Series[];
  /** How many series of the store have been looked at. */
  seen: number;
}

/** Series in memory that expressions are evaluated over. */
export class SeriesStore {
  readonly labels: Labels;
  readonly #series = new Map<LabelSet, Series>();
  readonly #all: Series[] = [];
  readonly #byName = new Map<string, Series[]>();
  readonly #selected = new WeakMap<VectorSelector, Selected>();

  /** @param labels may be shared by stores that hold the same series again and again */
  constructor(labels: Labels = new Labels()) {
    this.labels = labels;
  }

  /**
   * Adds a sample. Those of a series are added in the order of their times; the same sample may be added twice.
   * @param labels with the metric's name as __name__
   * @param time seconds
   */
  append(labels: ReadonlyMap<string, string>, time: number, value: number): void {
    this.appendTo(this.labels.of(labels), Math.round(time * 1000), value);
  }

  /** Ends a series at a time in seconds: selectors do not see it from then on. Where it has a sample then, nothing changes. */
  markStale(labels: ReadonlyMap<string, string>, time: number): void {
    this.markStaleAt(this.labels.of(labels), Math.round(time * 1000));
  }

  /** @param time milliseconds */
  appendTo(labels: LabelSet, time: number, value: number): void {
    this.seriesOf(labels).append(time, value);
  }

  /** @param time milliseconds */
  markStaleAt(labels: LabelSet, time: number): void {
    this.seriesOf(labels).end(time);
  }

  /** The series that a selector names, in the order in which they came to be. */
  select(selector: VectorSelector): readonly Series[] {
    const { metric, matchers } = selector;
    const candidates = metric === undefined ? this.#all : (this.#byName.get(metric) ?? []);
    const known = this.#selected.get(selector);
    if (known?.seen === candidates.length) return known.series;
    const selected = known ?? { series: [], seen: 0 };
    const tests = matchers.map((matcher) => [matcher.label, fulfils(matcher)] as const);
    for (const series of candidates.slice(selected.seen)) {
      if (tests.every(([label, passes]) => passes(series.labels.get(label)))) selected.series.push(series);
    }
    selected.seen = candidates.length;
    this.#selected.set(selector, selected);
    return selected.series;
  }

  /** The series of some labels, new where there was none. */
  seriesOf(labels: LabelSet): Series {
    const known = this.#series.get(labels);
    if (known !== undefined) return known;
    const series = new Series(labels);
    this.#series.set(labels, series);
    this.#all.push(series);
    const name = labels.get('__name__');
    const named = this.#byName.get(name);
    if (named === undefined) this.#byName.set(name, [series]);
    else named.push(series);
    return series;
  }
}
