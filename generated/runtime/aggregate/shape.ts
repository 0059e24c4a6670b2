// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Aggregate, Family } from '../metrics/family.js';

/** What a member says of a family; fit for JSON. */
export interface FamilyShape {
  readonly name: string;
  readonly help: string;
  readonly type: Family['type'];
  readonly aggregate: Aggregate;
  readonly labelNames: readonly string[];
  /** By label, how many values it may have; null for a closed label. */
  readonly caps: readonly (number | null)[];
  readonly bounds: readonly number[];
  readonly hasExemplars: boolean;
}

/** The shape of a family of this process. */
export function shapeOf(family: Family): FamilyShape {
  const { name, help, type, aggregate, labelNames, caps, bounds, hasExemplars } = family;
  return {
    ...{ name, help, type, aggregate, labelNames, hasExemplars },
    caps: labelNames.map((_, index) => caps[index] ?? null),
    bounds: [...bounds],
  };
}

/** Cells of a row. */
export function widthOf({ type, bounds }: FamilyShape): number {
  return type === 'histogram' ? bounds.length + 2 : 1;
}

/**
 * What two families have to have in common so that their rows can be added. Help, caps and exemplars may differ: the first, and the
 * widest, hold.
 */
export function shapeKey({ name, type, labelNames, bounds }: FamilyShape): string {
  return JSON.stringify([name, type, labelNames, bounds]);
}

/** The same for people. */
export function shapeWords({ type, labelNames, bounds }: FamilyShape): string {
  const buckets = type === 'histogram' ? ` with bounds ${bounds.join(', ')}` : '';
  return `${type} by (${labelNames.join(', ')})${buckets}`;
}
