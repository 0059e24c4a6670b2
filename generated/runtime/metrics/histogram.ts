// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';
import { updated } from './family.js';
import { LabelledMetric, RowHandle } from './labelled-metric.js';
import { isAmount, sharedStore } from './metric.js';
import type { LabelledMetricDefinition, MetricDefinition } from './metric.js';
import type { MetricStore } from './store.js';

/** A histogram without labels, or a handle on one row of a histogram. */
export interface Histogram {
  observe(value: number): void;
  /** Starts a clock; the function that it returns records the seconds since then, and returns them. */
  startTimer(): () => number;
}

/** A histogram with labels. */
export interface LabelledHistogram<L> {
  observe(labels: L, value: number): void;
  /** Starts a clock; the function that it returns takes the labels that were not given here, and records the seconds. */
  startTimer(labels: L): () => number;
  startTimer<K extends keyof L>(labels: Pick<L, K>): (rest: Omit<L, K>) => number;
  startTimer(): (labels: L) => number;
  /** A handle on one row: the fast path for code that runs often. */
  with(labels: L): Histogram;
  /** Drops a row. */
  remove(labels: L): void;
}

/** What the spec adds for a histogram. */
export interface Buckets {
  /** Upper bounds, ascending, without +Inf. */
  readonly buckets: readonly number[];
}

/** The class below which the compiler writes one for each histogram. */
export class HistogramMetric<L> extends LabelledMetric<L> implements LabelledHistogram<L> {
  constructor(definition: LabelledMetricDefinition<L> & Buckets) {
    super('histogram', definition);
  }

  observe(labels: L, value: number): void {
    if (this.accepts(value)) this.record(this.row(labels), value);
  }

  startTimer(labels: L): () => number;
  startTimer<K extends keyof L>(labels: Pick<L, K>): (rest: Omit<L, K>) => number;
  startTimer(): (labels: L) => number;
  startTimer(labels?: unknown): (rest?: unknown) => number {
    const start = monotonicSeconds();
    return (rest) => {
      const seconds = monotonicSeconds() - start;
      this.observe(
        (rest === undefined ? labels : { ...(labels as object), ...(rest as object) }) as L,
        seconds,
      );
      return seconds;
    };
  }

  with(labels: L): Histogram {
    return new HistogramHandle(this.store, this.read(labels));
  }

  protected accepts(value: number): boolean {
    return isObservation(this.store, value);
  }

  protected record(row: number, value: number): void {
    recordIn(this.store, row, value);
  }
}

class HistogramHandle extends RowHandle implements Histogram {
  observe(value: number): void {
    if (isObservation(this.store, value)) recordIn(this.store, this.row(), value);
  }

  startTimer(): () => number {
    const start = monotonicSeconds();
    return () => {
      const seconds = monotonicSeconds() - start;
      this.observe(seconds);
      return seconds;
    };
  }
}

function isObservation({ name, bounds }: MetricStore, value: number): boolean {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return true;
  // A negative value would make the sum go down, which Prometheus takes for a restart; where buckets are negative it is meant.
  return isAmount(name, value, (bounds[0] ?? 0) < 0 ? -Number.MAX_VALUE : 0);
}

function recordIn(store: MetricStore, row: number, value: number): void {
  if (row < 0 || (row >= store.capacity && !store.reserve(row))) return;
  const { cells, limits, width } = store;
  // Bounds are few, and most values are small.
  let bucket = 0;
  while (value > (limits[bucket] ?? Infinity)) bucket += 1;
  const first = row * width;
  const last = first + width - 1;
  cells[first + bucket] = (cells[first + bucket] ?? 0) + 1;
  cells[last] = (cells[last] ?? 0) + value;
  store.state[row] = updated;
  store.exemplars?.offer(row, bucket, value);
}

/** Makes a histogram without labels; it starts at 0. */
export function histogram(definition: MetricDefinition & Buckets): Histogram {
  return new HistogramHandle(sharedStore('histogram', { ...definition, labels: {} }), []);
}

/** Makes a histogram with labels. */
export function labelledHistogram<L>(
  definition: LabelledMetricDefinition<L> & Buckets,
): LabelledHistogram<L> {
  return new HistogramMetric(definition);
}
