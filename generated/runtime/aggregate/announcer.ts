// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Exemplar } from '../metrics/exemplar.js';
import { isLive } from '../metrics/family.js';
import type { Family } from '../metrics/family.js';
import type { FamilyNews } from './news.js';
import { shapeOf } from './shape.js';

/** A family that was named, and what was said of it. */
export interface AnnouncedFamily {
  readonly family: Family;
  /** Its number. */
  readonly index: number;
  /** The labels under which a row was announced. */
  readonly labels: (readonly string[] | undefined)[];
}

interface Announced extends AnnouncedFamily {
  /** By row, 1 where its labels have been said and still hold. */
  said: Uint8Array;
  generation: number;
  /** The last exemplar that was said, by row times `width` plus bucket. */
  readonly exemplars: Map<number, Exemplar>;
}

/** The side of a member: finds out what those who merge do not know yet. In the steady state that is nothing. */
export class Announcer {
  private readonly families = new Map<Family, Announced>();

  /** Everything that was named, by number. */
  announced(): readonly AnnouncedFamily[] {
    return [...this.families.values()];
  }

  /** The number of a family; undefined where it was not named. */
  numberOf(family: Family): number | undefined {
    return this.families.get(family)?.index;
  }

  /** Starts anew, for somebody who knows nothing. */
  forget(): void {
    this.families.clear();
  }

  /** What is new. The families have been refreshed. */
  news(families: readonly Family[]): FamilyNews[] {
    return families.flatMap((family) => {
      const known = this.families.get(family);
      const announced = known ?? this.add(family);
      const freed = freedRows(announced);
      const rows = newRows(announced);
      const exemplars = family.hasExemplars ? newExemplars(announced) : [];
      if (known !== undefined && freed.length + rows.length + exemplars.length === 0) return [];
      return [
        {
          family: announced.index,
          ...(known === undefined ? { shape: shapeOf(family) } : {}),
          ...(freed.length === 0 ? {} : { freed }),
          ...(rows.length === 0 ? {} : { rows, values: rows.flatMap((row) => announced.labels[row] ?? []) }),
          ...(exemplars.length === 0 ? {} : { exemplars }),
        },
      ];
    });
  }

  private add(family: Family): Announced {
    const announced: Announced = {
      family,
      index: this.families.size,
      labels: [],
      said: new Uint8Array(0),
      generation: family.generation,
      exemplars: new Map(),
    };
    this.families.set(family, announced);
    return announced;
  }
}

/** Rows that are not on the page any more and may come back with other labels. */
function freedRows(announced: Announced): number[] {
  const { family, labels, said } = announced;
  if (announced.generation === family.generation) return [];
  announced.generation = family.generation;
  // Any row may have other labels now: those that have are found by comparing.
  said.fill(0);
  const freed: number[] = [];
  labels.forEach((values, row) => {
    if (values === undefined || isLive(family, row)) return;
    labels[row] = undefined;
    freed.push(row);
  });
  return freed;
}

/** Rows on the page whose labels have not been said. */
function newRows(announced: Announced): number[] {
  const { family, labels } = announced;
  const { rowCount, state } = family;
  if (announced.said.length < rowCount) {
    const larger = new Uint8Array(state.length);
    larger.set(announced.said);
    announced.said = larger;
  }
  const { said } = announced;
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row += 1) {
    if (said[row] !== 0 || !isLive({ state }, row)) continue;
    said[row] = 1;
    const values = family.labelValues(row);
    const before = labels[row];
    if (before !== undefined && sameValues(before, values)) continue;
    labels[row] = values;
    rows.push(row);
  }
  return rows;
}

function newExemplars({ family, exemplars }: Announced): [number, number, Exemplar][] {
  const { rowCount, width } = family;
  const buckets = Math.max(1, width - 1);
  const found: [number, number, Exemplar][] = [];
  for (let row = 0; row < rowCount; row += 1) {
    if (!isLive(family, row)) continue;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const exemplar = family.exemplar(row, bucket);
      const key = row * width + bucket;
      if (exemplar === undefined || exemplars.get(key)?.timestamp === exemplar.timestamp) continue;
      exemplars.set(key, exemplar);
      found.push([row, bucket, exemplar]);
    }
  }
  return found;
}

/** Whether two label sets of one family are the same. */
export function sameValues(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((value, index) => value === others[index]);
}
