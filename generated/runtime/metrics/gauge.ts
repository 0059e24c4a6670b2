// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { unixSeconds } from '../host.js';
import { combined } from './combined.js';
import { LabelledMetric, RowHandle } from './labelled-metric.js';
import { sharedStore } from './metric.js';
import type { LabelledMetricDefinition, MetricDefinition } from './metric.js';
import { noRow } from './slab.js';

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
    if (this.store.isValue(value)) this.store.put(this.row(labels), value);
  }

  inc(labels: L, amount = 1): void {
    if (this.store.isValue(amount)) this.store.add(this.row(labels), amount);
  }

  dec(labels: L, amount = 1): void {
    if (this.store.isValue(amount)) this.store.add(this.row(labels), -amount);
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

  /** Sets the rows that a function reads, and drops those of its last reading that are gone. */
  private observeAll(read: () => GaugeRows<L>): () => void {
    // By row its labels: while a reader fails, the row may be freed and get others.
    let last: ReadonlyMap<number, string> = new Map();
    return this.store.beforeReading(() => {
      const found = new Map<number, { value: number; count: number }>();
      for (const [labels, value] of read()) {
        const row = this.store.isValue(value) ? this.row(labels) : noRow;
        if (row === noRow) continue;
        const before = found.get(row);
        if (before === undefined) {
          found.set(row, { value, count: 1 });
          continue;
        }
        // Beyond a cap and without a dropped label, several of the rows that were read are one row here: temperatures are no sum.
        before.count += 1;
        before.value = combined(this.store.aggregate, before.value, value, before.count);
      }
      const present = new Map<number, string>();
      for (const [row, { value }] of found) {
        this.store.put(row, value);
        present.set(row, this.labelsOf(row));
      }
      for (const [row, labels] of last) {
        if (!present.has(row) && this.labelsOf(row) === labels) this.store.remove(row);
      }
      last = present;
    });
  }

  private labelsOf(row: number): string {
    return this.store.labelValues(row).join('\n');
  }
}

class GaugeHandle extends RowHandle implements Gauge {
  set(value: number): void {
    if (this.store.isValue(value)) this.store.put(this.row(), value);
  }

  inc(amount = 1): void {
    if (this.store.isValue(amount)) this.store.add(this.row(), amount);
  }

  dec(amount = 1): void {
    if (this.store.isValue(amount)) this.store.add(this.row(), -amount);
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

/** Makes a gauge without labels. */
export function gauge(definition: MetricDefinition): Gauge {
  return new GaugeHandle(sharedStore('gauge', { ...definition, labels: {} }), []);
}

/** Makes a gauge with labels. */
export function labelledGauge<L>(definition: LabelledMetricDefinition<L>): LabelledGauge<L> {
  return new GaugeMetric(definition);
}
