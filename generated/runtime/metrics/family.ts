// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Exemplar } from './exemplar.js';

/** Bits of a row's state. An update writes all three with one store. */
export const rowState = {
  /** The row is on the page. */
  live: 1,
  /** Written since the page was last rendered; whoever renders the page clears it. */
  dirty: 2,
  /** Written since idle rows were last looked for; only the metric itself clears it. */
  touched: 4,
} as const;

/** What an update writes into the state of its row. */
export const updated = 7;

/** Whether a row is on the page. */
export function isLive({ state }: Pick<Family, 'state'>, row: number): boolean {
  return ((state[row] ?? 0) & rowState.live) !== 0;
}

/** How one row of several processes becomes one; `first` takes the value of the process that was there first. */
export type Aggregate = 'sum' | 'min' | 'max' | 'average' | 'first';

/**
 * A metric as all that show it see it: the page, prom-client's registry, other processes, OpenTelemetry. The values are read where
 * they are stored, without a copy.
 */
export interface Family {
  /** The whole name, `_total` included. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** How the values of several processes of one service become one. Counters and histograms are always added. */
  readonly aggregate: Aggregate;
  /** Names on the wire, without those of labels that the operator has dropped. */
  readonly labelNames: readonly string[];
  /** By label of `labelNames`, how many values it may have besides `__other__`; undefined for a closed label. */
  readonly caps: readonly (number | undefined)[];
  /** Upper bounds of a histogram's buckets, ascending, without +Inf; empty for other types. */
  readonly bounds: Float64Array;
  /**
   * Cells of a row: 1, or for a histogram the count of each bucket (not cumulated, +Inf included) and then the sum:
   * `bounds.length + 2`.
   */
  readonly width: number;
  /** Rows from here on were never used. */
  readonly rowCount: number;
  /** By row: see `rowState`. At least `rowCount` long. Another array after the metric has grown: do not keep it. */
  readonly state: Uint8Array;
  /** By row times `width`. Another array after the metric has grown: do not keep it. */
  readonly cells: Float64Array;
  /** Another number after a row has changed its labels, which happens to rows that were freed only. */
  readonly generation: number;
  /** The values of a row's labels, in the order of `labelNames`. */
  labelValues(row: number): readonly string[];
  /** Whether `exemplar` can ever answer anything. */
  readonly hasExemplars: boolean;
  /** The exemplar of a bucket (0 for a counter), where one was taken. */
  exemplar(row: number, bucket: number): Exemplar | undefined;
  /**
   * Has to be called before a reading: reads the gauges that are observed, frees rows that have been idle too long, and lets each
   * bucket take a new exemplar. Never throws.
   */
  refresh(): void;
  /** Sets all rows back to what they were at the start. */
  reset(): void;
  /** The family whose rows these are, where they are shown under a former name only: the marks of the rows are shared. */
  readonly rowsOf?: Family;
}
