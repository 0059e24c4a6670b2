import { diag } from '@opentelemetry/api';
import { register } from 'prom-client';
import type { Family } from '../metrics/family.js';
import { samplesOf } from './samples.js';
import type { Sample } from './samples.js';
import { shared } from '../shared.js';

/** What the runtime needs of a registry: prom-client's and its successors' have it. */
export interface MetricRegistry {
  registerMetric(metric: never): void;
  getSingleMetric(name: string): unknown;
  removeSingleMetric(name: string): void;
}

/**
 * A metric in the shape that a registry expects: by duck type, since the classes of prom-client keep storage of their own whose
 * keys can make one series of two.
 */
interface RegistryMetric {
  name: string;
  readonly help: string;
  readonly type: Family['type'];
  readonly aggregator: 'sum';
  get(): Promise<{
    name: string;
    help: string;
    type: string;
    aggregator: 'sum';
    values: Sample[];
  }>;
  reset(): void;
}

interface Membership {
  registry: MetricRegistry;
  readonly members: Map<Family, RegistryMetric>;
  /** Names that something else holds in the registry. */
  readonly clashes: Set<string>;
}

const membership = shared('registry', (): Membership => ({
  registry: register,
  members: new Map(),
  clashes: new Set(),
}));

/** Puts a metric into the registry in use. Never throws: a name that is taken is reported by `clashingNames`. */
export function joinRegistry(source: Family): void {
  if (membership.members.has(source)) return;
  const metric = registryMetric(source);
  membership.members.set(source, metric);
  enter(source.name, metric);
}

/** Moves all metrics into another registry, or back into one that was cleared. Never throws. */
export function moveToRegistry(registry: MetricRegistry): void {
  const previous = membership.registry;
  membership.registry = registry;
  membership.clashes.clear();
  for (const [source, metric] of membership.members) {
    if (previous !== registry) leave(previous, source.name, metric);
    enter(source.name, metric);
  }
}

/** The names of metrics that are not shown, because the registry holds another metric of that name. */
export function clashingNames(): readonly string[] {
  return [...membership.clashes];
}

/** All metrics, in the order in which they came. */
export function families(): readonly Family[] {
  return [...membership.members.keys()];
}

/** The registry in use. */
export function currentRegistry(): MetricRegistry {
  return membership.registry;
}

function enter(name: string, metric: RegistryMetric): void {
  const { registry, clashes } = membership;
  try {
    const present = registry.getSingleMetric(name);
    if (present === metric) return;
    if (present === undefined) {
      registry.registerMetric(metric as never);
      return;
    }
    diag.warn(`metric ${name} is not shown: the registry already holds another metric of that name`);
  } catch (error) {
    diag.warn(`metric ${name} is not shown: the registry refused it`, error);
  }
  clashes.add(name);
}

function leave(registry: MetricRegistry, name: string, metric: RegistryMetric): void {
  try {
    if (registry.getSingleMetric(name) === metric) registry.removeSingleMetric(name);
  } catch (error) {
    diag.warn(`metric ${name} could not leave its registry`, error);
  }
}

function registryMetric(source: Family): RegistryMetric {
  const { name, help, type } = source;
  let nameOnPage: string | undefined;
  return {
    get name() {
      return name;
    },
    // An OpenMetrics scrape writes the name without _total just before it reads the metric, and adds _total itself. That holds for this
    // one reading, so that the next page in the text format has the whole name again.
    set name(written) {
      nameOnPage = written;
    },
    help,
    type,
    aggregator: 'sum',
    get() {
      let values: Sample[] = [];
      try {
        values = samplesOf(source);
      } catch (error) {
        diag.warn(`metric ${name} could not be read`, error);
      }
      const page = { name: nameOnPage ?? name, help, type, aggregator: 'sum' as const, values };
      nameOnPage = undefined;
      return Promise.resolve(page);
    },
    reset() {
      source.reset();
    },
  };
}
