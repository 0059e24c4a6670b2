// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { exemplarOf } from './exemplar.js';
import type { Exemplar } from './exemplar.js';
import { monotonicSeconds } from '../host.js';
import { isAmount, rowsDefinition, sharedMetric } from './metric.js';
import type { AnyDefinition, LabelledMetricDefinition, MetricDefinition } from './metric.js';
import type { MetricSource, Sample } from '../exposition/registry.js';
import { Rows } from './rows.js';
import type { Row } from './rows.js';

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

interface HistogramRow extends Row {
  /** How many values fell into each bucket, the last being +Inf; not cumulated. */
  readonly counts: number[];
  readonly exemplars: (Exemplar | undefined)[];
  /** By bucket, the scrape before which its exemplar was taken. */
  readonly scrapes: number[];
  sum: number;
}

/** Storage and exposition of a histogram. */
export class HistogramFamily implements MetricSource {
  readonly type = 'histogram';
  readonly name: string;
  readonly help: string;
  private readonly bounds: readonly number[];
  private readonly least: number;
  private readonly exemplars: boolean;
  private readonly rows: Rows<HistogramRow>;
  private scrape = 1;

  constructor(definition: AnyDefinition) {
    const bounds = definition.buckets ?? [];
    this.name = definition.name;
    this.help = definition.help;
    this.bounds = bounds;
    // A negative value would make the sum go down, which Prometheus takes for a restart.
    this.least = (bounds[0] ?? 0) < 0 ? -Infinity : 0;
    this.exemplars = definition.exemplars === true;
    const known = definition.initialised === true || Object.keys(definition.labels).length === 0;
    const width = bounds.length + 1;
    this.rows = new Rows(rowsDefinition(definition, known, this), (labels) => ({
      labels,
      touched: 0,
      live: true,
      counts: new Array<number>(width).fill(0),
      exemplars: new Array<Exemplar | undefined>(width).fill(undefined),
      scrapes: new Array<number>(width).fill(0),
      sum: 0,
    }));
  }

  observe(labels: unknown, value: unknown): void {
    if (!isAmount(this.name, value, this.least)) return;
    const row = this.rows.find(labels);
    if (row !== undefined) this.add(row, value);
  }

  startTimer(labels?: object): (rest?: object) => number {
    const start = monotonicSeconds();
    return (rest) => {
      const seconds = monotonicSeconds() - start;
      this.observe(rest === undefined ? labels : { ...labels, ...rest }, seconds);
      return seconds;
    };
  }

  with(labels: unknown): Histogram {
    const locate = this.rows.bind(labels);
    const observe = (value: unknown): void => {
      if (!isAmount(this.name, value, this.least)) return;
      const row = locate();
      if (row !== undefined) this.add(row, value);
    };
    return {
      observe,
      startTimer() {
        const start = monotonicSeconds();
        return () => {
          const seconds = monotonicSeconds() - start;
          observe(seconds);
          return seconds;
        };
      },
    };
  }

  remove(labels: unknown): void {
    this.rows.remove(labels);
  }

  samples(): Sample[] {
    this.scrape += 1;
    const samples: Sample[] = [];
    for (const row of this.rows.current()) this.pushRow(samples, row);
    return samples;
  }

  reset(): void {
    this.rows.reset();
  }

  private add(row: HistogramRow, value: number): void {
    const bucket = this.bucketOf(value);
    row.counts[bucket] = (row.counts[bucket] ?? 0) + 1;
    row.sum += value;
    if (!this.exemplars || row.scrapes[bucket] === this.scrape) return;
    const exemplar = exemplarOf(value);
    if (exemplar === undefined) return;
    row.exemplars[bucket] = exemplar;
    row.scrapes[bucket] = this.scrape;
  }

  /** The first bucket whose bound is not below the value; bounds are few, and most values are small. */
  private bucketOf(value: number): number {
    const { bounds } = this;
    let index = 0;
    while (index < bounds.length && value > (bounds[index] ?? Infinity)) index += 1;
    return index;
  }

  private pushRow(samples: Sample[], row: HistogramRow): void {
    let count = 0;
    row.counts.forEach((inBucket, index) => {
      count += inBucket;
      const bound = this.bounds[index];
      const labels = withLabel(row.labels, 'le', bound === undefined ? '+Inf' : String(bound));
      const exemplar = row.exemplars[index];
      const sample = { metricName: `${this.name}_bucket`, labels, value: count };
      samples.push(exemplar === undefined ? sample : { ...sample, exemplar });
    });
    samples.push({ metricName: `${this.name}_sum`, labels: row.labels, value: row.sum });
    samples.push({ metricName: `${this.name}_count`, labels: row.labels, value: count });
  }
}

function withLabel(
  labels: Readonly<Record<string, string>>,
  name: string,
  value: string,
): Record<string, string> {
  const more = Object.create(null) as Record<string, string>;
  for (const key of Object.keys(labels)) more[key] = labels[key] ?? '';
  more[name] = value;
  return more;
}

/** Makes a histogram without labels; it starts at 0. */
export function histogram(definition: MetricDefinition & Buckets): Histogram {
  return family({ ...definition, labels: {} }).with({});
}

/** Makes a histogram with labels. */
export function labelledHistogram<L>(
  definition: LabelledMetricDefinition<L> & Buckets,
): LabelledHistogram<L> {
  return family(definition) as unknown as LabelledHistogram<L>;
}

function family(definition: AnyDefinition): HistogramFamily {
  return sharedMetric('histogram', definition, () => new HistogramFamily(definition));
}
