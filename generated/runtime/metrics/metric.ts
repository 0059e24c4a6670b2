// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { joinRegistry } from '../exposition/registry.js';
import { shared } from '../shared.js';
import type { Aggregate, Family } from './family.js';
import { FormerFamily } from './former-family.js';
import type { Label } from './label.js';
import { joinOwnMetrics } from './own-metrics.js';
import { MetricStore } from './store.js';

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
  /** How the values of several processes of one service become one; `sum` by default. */
  readonly aggregate?: Aggregate;
  /** The name that it had before, under which it is shown as well. */
  readonly renamedFrom?: string;
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
 * The store of a metric, which is put into the registry. A second copy of this module gets the store that the first has made, where
 * both describe the same.
 */
export function sharedStore(type: Family['type'], definition: AnyDefinition): MetricStore {
  const { name, help, buckets = [], exemplars = false, expireAfterSeconds, aggregate = 'sum' } = definition;
  const labels = Object.entries(definition.labels).map(([label, { table }]) => [label, table] as const);
  const isDefault = defaultMetric.test(name);
  const isKnown = type !== 'gauge' && (definition.initialised === true || labels.length === 0);
  const identity = [
    ...['metric', type, name, labels.map(([label, table]) => [label, table.identity])],
    ...[buckets, exemplars, isKnown, expireAfterSeconds, aggregate],
  ];
  const store = shared(
    JSON.stringify(identity),
    () =>
      new MetricStore({
        ...{ name, help, type, aggregate, labels, bounds: buckets, exemplars, expireAfterSeconds },
        initialised: isKnown && !isDefault,
        beforeFirst: joinRegistry,
      }),
  );
  joinOwnMetrics();
  if (!isDefault) joinRegistry(store);
  const { renamedFrom } = definition;
  if (renamedFrom !== undefined)
    joinRegistry(
      shared(JSON.stringify(['renamed', renamedFrom, identity]), () => new FormerFamily(store, renamedFrom)),
    );
  return store;
}
