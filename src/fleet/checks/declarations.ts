import type { Origin } from '../../model/origin.js';
import type { ReadService } from '../fleet.js';

/** Something that a service's spec declares, and where. */
export interface Declared<T extends { readonly origin: Origin }> {
  readonly service: ReadService;
  readonly entry: T;
}

/** Whether two entries are one: specs that import one file have its entries in common. */
export function isSamePlace(a: Origin, b: Origin): boolean {
  return a.key.source.path === b.key.source.path && a.key.start === b.key.start;
}

/**
 * What several services declare under one name, each in a place of its own; what presets bring is the same in all of them.
 * @returns by name, the declarations, those that are one given once
 */
export function declaredApart<T extends { readonly origin: Origin }>(
  services: readonly ReadService[],
  entriesOf: (service: ReadService) => Iterable<readonly [name: string, entry: T]>,
): ReadonlyMap<string, readonly Declared<T>[]> {
  const byName = new Map<string, Declared<T>[]>();
  for (const service of services) {
    for (const [name, entry] of entriesOf(service)) {
      if (entry.origin.preset !== undefined) continue;
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [{ service, entry }]);
      else if (!known.some((each) => isSamePlace(each.entry.origin, entry.origin)))
        known.push({ service, entry });
    }
  }
  return new Map([...byName].filter(([, found]) => new Set(found.map(({ service }) => service)).size > 1));
}
