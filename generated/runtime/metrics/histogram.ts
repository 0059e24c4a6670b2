// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';
import { LabelledMetric, RowHandle } from './labelled-metric.js';
import { sharedStore } from './metric.js';
import type { LabelledMetricDefinition, MetricDefinition } from './metric.js';

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
    if (this.store.isStep(value)) this.store.recordTraced(this.row(labels), value);
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
}

class HistogramHandle extends RowHandle implements Histogram {
  observe(value: number): void {
    if (this.store.isStep(value)) this.store.recordTraced(this.row(), value);
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
