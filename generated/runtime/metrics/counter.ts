// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { LabelledMetric, RowHandle } from './labelled-metric.js';
import { sharedStore } from './metric.js';
import type { LabelledMetricDefinition, MetricDefinition } from './metric.js';

/** A counter without labels, or a handle on one row of a counter. */
export interface Counter {
  /** Adds an amount, 1 by default. */
  inc(amount?: number): void;
  /** Reads the total before each scrape, where something else counts; returns a function that ends this. */
  observe(readTotal: () => number): () => void;
}

/** A counter with labels. */
export interface LabelledCounter<L> {
  /** Adds an amount, 1 by default, to one row. */
  inc(labels: L, amount?: number): void;
  /** A handle on one row: the fast path for code that runs often. */
  with(labels: L): Counter;
  /** Drops a row. */
  remove(labels: L): void;
}

/** The class below which the compiler writes one for each counter. */
export class CounterMetric<L> extends LabelledMetric<L> implements LabelledCounter<L> {
  constructor(definition: LabelledMetricDefinition<L>) {
    super('counter', definition);
  }

  inc(labels: L, amount = 1): void {
    if (this.store.isStep(amount)) this.store.addTraced(this.row(labels), amount);
  }

  with(labels: L): Counter {
    return new CounterHandle(this.store, this.read(labels));
  }
}

class CounterHandle extends RowHandle implements Counter {
  inc(amount = 1): void {
    if (this.store.isStep(amount)) this.store.addTraced(this.row(), amount);
  }

  observe(readTotal: () => number): () => void {
    return this.store.beforeReading(() => {
      const now = readTotal();
      if (!this.store.isStep(now)) return;
      const row = this.row();
      // A total that went down would be a restart, which did not happen.
      this.store.add(row, Math.max(0, now - (this.store.cells[row] ?? 0)));
    });
  }
}

/** Makes a counter without labels; it starts at 0. */
export function counter(definition: MetricDefinition): Counter {
  return new CounterHandle(sharedStore('counter', { ...definition, labels: {} }), []);
}

/** Makes a counter with labels. */
export function labelledCounter<L>(definition: LabelledMetricDefinition<L>): LabelledCounter<L> {
  return new CounterMetric(definition);
}
