// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { register } from 'prom-client';
import type { Family } from '../metrics/family.js';
import { shared } from '../shared.js';
import { RegistryMetric } from './registry-metric.js';

/** What the runtime needs of a registry: prom-client's and its successors' have it. */
export interface MetricRegistry {
  registerMetric(metric: never): void;
  getSingleMetric(name: string): unknown;
  removeSingleMetric(name: string): void;
}

interface Membership {
  registry: MetricRegistry;
  /** In order of joining. */
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
export function joinRegistry(family: Family): void {
  if (!membership.members.has(family)) enter(family);
}

/** Moves all metrics into another registry, or back into one that was cleared. Never throws. */
export function moveToRegistry(registry: MetricRegistry): void {
  const { registry: previous, members, clashes } = membership;
  membership.registry = registry;
  clashes.clear();
  for (const [family, metric] of members) {
    if (previous !== registry) leave(previous, family.name, metric);
    enter(family, previous === registry ? metric : undefined);
  }
}

/** The names of metrics that are not shown, because the registry holds another metric of that name. */
export function clashingNames(): readonly string[] {
  return [...membership.clashes];
}

/** The registry in use. */
export function currentRegistry(): MetricRegistry {
  return membership.registry;
}

/** All metrics that have joined, in that order. Each has to be refreshed before it is read. */
export function families(): readonly Family[] {
  return [...membership.members.keys()];
}

function enter(family: Family, present?: RegistryMetric): void {
  const { registry, members, clashes } = membership;
  const { name } = family;
  const metric = present ?? new RegistryMetric(family, registry);
  members.set(family, metric);
  try {
    const holder = registry.getSingleMetric(name);
    if (holder === metric) return;
    if (holder === undefined) {
      metric.enter(() => {
        registry.registerMetric(metric as never);
      });
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
