// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countDrop } from '../account.js';
import type { DropReason } from '../account.js';
import type { Label } from './label.js';
import { joinOwnMetrics } from './own-metrics.js';
import { joinRegistry } from '../exposition/registry.js';
import type { MetricSource } from '../exposition/registry.js';
import type { RowsDefinition } from './rows.js';
import { shared } from '../shared.js';

/** What the spec says of a metric without labels. */
export interface MetricDefinition {
  readonly name: string;
  readonly help: string;
  /** Keep the trace id of one recorded value for each scrape (and bucket). */
  readonly exemplars?: boolean;
  /** Start known rows at 0. */
  readonly initialised?: boolean;
  /** Drop a row that nobody touched for so long. */
  readonly expireAfterSeconds?: number;
}

/** What the spec says of a metric with labels; `L` has a key for each label's name on the wire. */
export interface LabelledMetricDefinition<L> extends MetricDefinition {
  readonly labels: { readonly [K in keyof L]: Label<L[K]> };
}

/** What a kind of metric is made of: its definition, whose labels are `{}` where it has none. */
export interface AnyDefinition extends MetricDefinition {
  readonly labels: Readonly<Record<string, Label<unknown>>>;
  /** Upper bounds, ascending, of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

/**
 * The names of prom-client's default metrics. `collectDefaultMetrics()` throws where one is taken, so a metric of such a name joins
 * the registry only when the program first uses it, and has no rows before.
 */
const defaultMetric = /^(?:process|nodejs)_/;

/**
 * The definition as rows need it.
 * @param initialised whether rows that are known beforehand are to be made, where the name allows it
 */
export function rowsDefinition(
  definition: AnyDefinition,
  initialised: boolean,
  source: MetricSource,
): RowsDefinition {
  return {
    metric: definition.name,
    labels: Object.entries(definition.labels).map(([name, label]) => [name, label.table]),
    initialised: initialised && !defaultMetric.test(definition.name),
    expireAfterSeconds: definition.expireAfterSeconds,
    beforeFirst: () => {
      joinRegistry(source);
    },
  };
}

/**
 * Makes a metric and puts it into the registry. A second copy of this module gets the metric that the first has made, where
 * both describe the same.
 */
export function sharedMetric<M extends MetricSource>(
  type: MetricSource['type'],
  definition: AnyDefinition,
  create: () => M,
): M {
  const tables = Object.entries(definition.labels).map(([name, label]) => [name, label.table.identity]);
  const { name, buckets, exemplars, initialised, expireAfterSeconds } = definition;
  const identity = ['metric', type, name, tables, buckets, exemplars, initialised, expireAfterSeconds];
  const metric = shared(JSON.stringify(identity), create);
  joinOwnMetrics();
  if (!defaultMetric.test(name)) joinRegistry(metric);
  return metric;
}

/** What is wrong with an amount; undefined where it is a finite number of at least `least`. */
export function amountFault(amount: unknown, least: number): DropReason | undefined {
  if (typeof amount !== 'number') return 'wrong_type';
  return Number.isFinite(amount) && amount >= least ? undefined : 'invalid_value';
}

/** Whether an amount can be recorded; counts it where it cannot. */
export function isAmount(metric: string, amount: unknown, least: number = -Infinity): amount is number {
  const fault = amountFault(amount, least);
  if (fault !== undefined) countDrop(metric, fault);
  return fault === undefined;
}
