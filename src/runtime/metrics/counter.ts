import { exemplarOf } from './exemplar.js';
import type { Exemplar } from './exemplar.js';
import { isAmount, rowsDefinition, sharedMetric } from './metric.js';
import type { AnyDefinition, LabelledMetricDefinition, MetricDefinition } from './metric.js';
import type { MetricSource, Sample } from '../exposition/registry.js';
import { Rows } from './rows.js';
import type { Row } from './rows.js';

/** A counter without labels, or a handle on one row of a counter. */
export interface Counter {
  /** Adds an amount, 1 by default. */
  inc(amount?: number): void;
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

interface CounterRow extends Row {
  value: number;
  exemplar: Exemplar | undefined;
  /** The scrape before which the exemplar was taken. */
  scrape: number;
}

/** Storage and exposition of a counter. */
export class CounterFamily implements LabelledCounter<unknown>, MetricSource {
  readonly type = 'counter';
  readonly name: string;
  readonly help: string;
  private readonly exemplars: boolean;
  private readonly rows: Rows<CounterRow>;
  private scrape = 1;

  constructor(definition: AnyDefinition) {
    this.name = definition.name;
    this.help = definition.help;
    this.exemplars = definition.exemplars === true;
    const known = definition.initialised === true || Object.keys(definition.labels).length === 0;
    this.rows = new Rows(rowsDefinition(definition, known, this), (labels) => ({
      labels,
      touched: 0,
      live: true,
      value: 0,
      exemplar: undefined,
      scrape: 0,
    }));
  }

  inc(labels: unknown, amount: unknown = 1): void {
    if (!isAmount(this.name, amount, 0)) return;
    const row = this.rows.find(labels);
    if (row !== undefined) this.add(row, amount);
  }

  with(labels: unknown): Counter {
    const locate = this.rows.bind(labels);
    return {
      inc: (amount = 1) => {
        if (!isAmount(this.name, amount, 0)) return;
        const row = locate();
        if (row !== undefined) this.add(row, amount);
      },
    };
  }

  remove(labels: unknown): void {
    this.rows.remove(labels);
  }

  samples(): Sample[] {
    this.scrape += 1;
    return Array.from(this.rows.current(), ({ labels, value, exemplar }) =>
      exemplar === undefined ? { labels, value } : { labels, value, exemplar },
    );
  }

  reset(): void {
    this.rows.reset();
  }

  private add(row: CounterRow, amount: number): void {
    row.value += amount;
    if (!this.exemplars || row.scrape === this.scrape) return;
    const exemplar = exemplarOf(amount);
    if (exemplar === undefined) return;
    row.exemplar = exemplar;
    row.scrape = this.scrape;
  }
}

/** Makes a counter without labels; it starts at 0. */
export function counter(definition: MetricDefinition): Counter {
  return family({ ...definition, labels: {} }).with({});
}

/** Makes a counter with labels. */
export function labelledCounter<L>(definition: LabelledMetricDefinition<L>): LabelledCounter<L> {
  return family(definition);
}

function family(definition: AnyDefinition): CounterFamily {
  return sharedMetric('counter', definition, () => new CounterFamily(definition));
}
