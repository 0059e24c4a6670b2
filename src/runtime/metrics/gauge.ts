import { countDrop } from '../account.js';
import { unixSeconds } from '../host.js';
import { isAmount, rowsDefinition, sharedMetric } from './metric.js';
import type { AnyDefinition, LabelledMetricDefinition, MetricDefinition } from './metric.js';
import type { MetricSource, Sample } from '../exposition/registry.js';
import { Rows } from './rows.js';
import type { Row } from './rows.js';

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

interface GaugeRow extends Row {
  value: number | undefined;
}

/** Storage and exposition of a gauge. */
export class GaugeFamily implements LabelledGauge<unknown>, MetricSource {
  readonly type = 'gauge';
  readonly name: string;
  readonly help: string;
  private readonly rows: Rows<GaugeRow>;
  private readonly readers = new Set<() => void>();

  constructor(definition: AnyDefinition) {
    this.name = definition.name;
    this.help = definition.help;
    this.rows = new Rows(rowsDefinition(definition, false, this), (labels) => ({
      labels,
      touched: 0,
      live: true,
      value: undefined,
    }));
  }

  set(labels: unknown, value: unknown): void {
    if (!isAmount(this.name, value)) return;
    const row = this.rows.find(labels);
    if (row !== undefined) row.value = value;
  }

  inc(labels: unknown, amount: unknown = 1): void {
    this.add(amount, 1, () => this.rows.find(labels));
  }

  dec(labels: unknown, amount: unknown = 1): void {
    this.add(amount, -1, () => this.rows.find(labels));
  }

  setToCurrentTime(labels: unknown): void {
    this.set(labels, unixSeconds());
  }

  observe(labelsOrRead: unknown, read?: () => number): () => void {
    if (read !== undefined) return this.with(labelsOrRead).observe(read);
    return this.addReader(rowsReader(this, labelsOrRead as () => GaugeRows<unknown>));
  }

  with(labels: unknown): Gauge {
    const locate = this.rows.bind(labels);
    const set = (value: unknown): void => {
      if (!isAmount(this.name, value)) return;
      const row = locate();
      if (row !== undefined) row.value = value;
    };
    return {
      set,
      inc: (amount = 1) => {
        this.add(amount, 1, locate);
      },
      dec: (amount = 1) => {
        this.add(amount, -1, locate);
      },
      setToCurrentTime: () => {
        set(unixSeconds());
      },
      observe: (read) =>
        this.addReader(() => {
          set(read());
        }),
    };
  }

  remove(labels: unknown): void {
    this.rows.remove(labels);
  }

  samples(): Sample[] {
    for (const read of this.readers) {
      try {
        read();
      } catch {
        countDrop(this.name, 'internal_error');
      }
    }
    const samples: Sample[] = [];
    for (const { labels, value } of this.rows.current())
      if (value !== undefined) samples.push({ labels, value });
    return samples;
  }

  reset(): void {
    this.rows.reset();
  }

  private add(amount: unknown, sign: 1 | -1, locate: () => GaugeRow | undefined): void {
    if (!isAmount(this.name, amount)) return;
    const row = locate();
    if (row !== undefined) row.value = (row.value ?? 0) + sign * amount;
  }

  private addReader(read: () => void): () => void {
    this.rows.begin();
    this.readers.add(read);
    return () => {
      this.readers.delete(read);
    };
  }
}

/** Sets the rows that a function reads, and drops those of its last reading that are gone. */
function rowsReader(gauge: GaugeFamily, read: () => GaugeRows<unknown>): () => void {
  let last: readonly unknown[] = [];
  return () => {
    const rows = Array.from(read());
    for (const labels of last) gauge.remove(labels);
    for (const [labels, value] of rows) gauge.set(labels, value);
    last = rows.map(([labels]) => labels);
  };
}

/** Makes a gauge without labels. */
export function gauge(definition: MetricDefinition): Gauge {
  return family({ ...definition, labels: {} }).with({});
}

/** Makes a gauge with labels. */
export function labelledGauge<L>(definition: LabelledMetricDefinition<L>): LabelledGauge<L> {
  return family(definition);
}

function family(definition: AnyDefinition): GaugeFamily {
  return sharedMetric('gauge', definition, () => new GaugeFamily(definition));
}
