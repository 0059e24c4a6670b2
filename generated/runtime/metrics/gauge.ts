// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { unixSeconds } from '../host.js';
import { updated } from './family.js';
import { LabelledMetric, RowHandle } from './labelled-metric.js';
import { isAmount, sharedStore } from './metric.js';
import type { LabelledMetricDefinition, MetricDefinition } from './metric.js';
import { noRow } from './store.js';
import type { MetricStore } from './store.js';

/** A gauge without labels, or a handle on one row of a gauge. It is not shown before it has a value. */
export interface Gauge {
  set(value: number): void;
  /** Adds an amount, 1 by default. */
  inc(amount?: number): void;
  /** Takes an amount away, 1 by default. */
  dec(amount?: number): void;
  /** Sets the gauge to the seconds since 1970. */
  setToCurrentTime(): void;
  /** Reads the value at each scrape; returns a function that ends this. */
  observe(read: () => number): () => void;
}

/** The rows that a function reads at once. */
export type GaugeRows<L> = Iterable<readonly [labels: L, value: number]>;

/** A gauge with labels. */
export interface LabelledGauge<L> {
  set(labels: L, value: number): void;
  /** Adds an amount, 1 by default. */
  inc(labels: L, amount?: number): void;
  /** Takes an amount away, 1 by default. */
  dec(labels: L, amount?: number): void;
  /** Sets the row to the seconds since 1970. */
  setToCurrentTime(labels: L): void;
  /** Reads one row at each scrape; returns a function that ends this. */
  observe(labels: L, read: () => number): () => void;
  /** Reads all rows at each scrape: those that `read` gives no more are dropped. */
  observe(read: () => GaugeRows<L>): () => void;
  /** A handle on one row: the fast path for code that runs often. */
  with(labels: L): Gauge;
  /** Drops a row. */
  remove(labels: L): void;
}

/** The class below which the compiler writes one for each gauge. */
export class GaugeMetric<L> extends LabelledMetric<L> implements LabelledGauge<L> {
  constructor(definition: LabelledMetricDefinition<L>) {
    super('gauge', definition);
  }

  set(labels: L, value: number): void {
    if (this.accepts(value)) this.put(this.row(labels), value);
  }

  inc(labels: L, amount = 1): void {
    if (this.accepts(amount)) this.add(this.row(labels), amount);
  }

  dec(labels: L, amount = 1): void {
    if (this.accepts(amount)) this.add(this.row(labels), -amount);
  }

  setToCurrentTime(labels: L): void {
    this.set(labels, unixSeconds());
  }

  observe(labels: L, read: () => number): () => void;
  observe(read: () => GaugeRows<L>): () => void;
  observe(labelsOrRead: L | (() => GaugeRows<L>), read?: () => number): () => void {
    if (read !== undefined) return this.with(labelsOrRead as L).observe(read);
    return this.observeAll(labelsOrRead as () => GaugeRows<L>);
  }

  with(labels: L): Gauge {
    return new GaugeHandle(this.store, this.read(labels));
  }

  protected accepts(value: number): boolean {
    return isValue(this.store, value);
  }

  protected put(row: number, value: number): void {
    putInto(this.store, row, value);
  }

  protected add(row: number, amount: number): void {
    addTo(this.store, row, amount);
  }

  /** Sets the rows that a function reads, and drops those of its last reading that are gone. */
  private observeAll(read: () => GaugeRows<L>): () => void {
    let last: ReadonlySet<number> = new Set();
    return this.store.beforeReading(() => {
      const present = new Set<number>();
      for (const [labels, value] of read()) {
        const row = this.accepts(value) ? this.row(labels) : noRow;
        // Beyond a cap and without a dropped label, several of the rows that were read are one row here.
        if (present.has(row)) this.add(row, value);
        else this.put(row, value);
        present.add(row);
      }
      for (const row of last) if (!present.has(row)) this.store.remove(row);
      last = present;
    });
  }
}

class GaugeHandle extends RowHandle implements Gauge {
  set(value: number): void {
    if (isValue(this.store, value)) putInto(this.store, this.row(), value);
  }

  inc(amount = 1): void {
    if (isValue(this.store, amount)) addTo(this.store, this.row(), amount);
  }

  dec(amount = 1): void {
    if (isValue(this.store, amount)) addTo(this.store, this.row(), -amount);
  }

  setToCurrentTime(): void {
    this.set(unixSeconds());
  }

  observe(read: () => number): () => void {
    return this.store.beforeReading(() => {
      this.set(read());
    });
  }
}

function isValue({ name }: MetricStore, value: number): boolean {
  if (typeof value === 'number' && value > -Infinity && value < Infinity) return true;
  return isAmount(name, value, -Number.MAX_VALUE);
}

function putInto(store: MetricStore, row: number, value: number): void {
  if (row < 0 || (row >= store.capacity && !store.reserve(row))) return;
  store.cells[row] = value;
  store.state[row] = updated;
}

function addTo(store: MetricStore, row: number, amount: number): void {
  if (row < 0 || (row >= store.capacity && !store.reserve(row))) return;
  const { cells } = store;
  cells[row] = (cells[row] ?? 0) + amount;
  store.state[row] = updated;
}

/** Makes a gauge without labels. */
export function gauge(definition: MetricDefinition): Gauge {
  return new GaugeHandle(sharedStore('gauge', { ...definition, labels: {} }), []);
}

/** Makes a gauge with labels. */
export function labelledGauge<L>(definition: LabelledMetricDefinition<L>): LabelledGauge<L> {
  return new GaugeMetric(definition);
}
