// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { updated } from './family.js';
import { LabelledMetric, RowHandle } from './labelled-metric.js';
import { isAmount, sharedStore } from './metric.js';
import type { LabelledMetricDefinition, MetricDefinition } from './metric.js';
import type { MetricStore } from './store.js';

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
    if (this.accepts(amount)) this.add(this.row(labels), amount);
  }

  with(labels: L): Counter {
    return new CounterHandle(this.store, this.read(labels));
  }

  protected accepts(amount: number): boolean {
    return isStep(this.store, amount);
  }

  protected add(row: number, amount: number): void {
    addTo(this.store, row, amount);
  }
}

class CounterHandle extends RowHandle implements Counter {
  inc(amount = 1): void {
    if (isStep(this.store, amount)) addTo(this.store, this.row(), amount);
  }

  observe(readTotal: () => number): () => void {
    return this.store.beforeReading(() => {
      const row = this.row();
      const now = readTotal();
      // A total that went down would be a restart, which did not happen.
      if (isStep(this.store, now)) addTo(this.store, row, Math.max(0, now - (this.store.cells[row] ?? 0)));
    });
  }
}

function isStep({ name }: MetricStore, amount: number): boolean {
  // The first line is what runs; the other one says what is wrong.
  if (typeof amount === 'number' && amount >= 0 && amount < Infinity) return true;
  return isAmount(name, amount, 0);
}

function addTo(store: MetricStore, row: number, amount: number): void {
  if (row < 0 || (row >= store.capacity && !store.reserve(row))) return;
  const { cells } = store;
  cells[row] = (cells[row] ?? 0) + amount;
  store.state[row] = updated;
  store.exemplars?.offer(row, 0, amount);
}

/** Makes a counter without labels; it starts at 0. */
export function counter(definition: MetricDefinition): Counter {
  return new CounterHandle(sharedStore('counter', { ...definition, labels: {} }), []);
}

/** Makes a counter with labels. */
export function labelledCounter<L>(definition: LabelledMetricDefinition<L>): LabelledCounter<L> {
  return new CounterMetric(definition);
}
