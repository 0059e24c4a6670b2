// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import type { Family } from '../metrics/family.js';
import type { Contribution } from './contribution.js';
import { MergedFamily } from './merged-family.js';
import type { ReceivedFamily } from './received-family.js';
import { shapeKey, shapeWords } from './shape.js';

/** A family that is not shown, because most members have another one of its name. */
export interface HiddenFamily {
  readonly name: string;
  /** Type, labels and bounds, in words. */
  readonly shape: string;
  /** How many members have it. */
  readonly members: number;
}

/** All families of all members. */
export class Merge {
  /** By name, the family of each shape, oldest first: more than one only while members differ. */
  private readonly byName = new Map<string, MergedFamily[]>();
  private readonly warned = new Set<MergedFamily>();

  /** Adds a family of a member; the result is to be given back to `remove`. */
  add(source: ReceivedFamily): { readonly merged: MergedFamily; readonly part: Contribution } {
    const { name } = source.shape;
    const shapes = this.byName.get(name) ?? [];
    this.byName.set(name, shapes);
    const key = shapeKey(source.shape);
    let merged = shapes.find(({ shape }) => shapeKey(shape) === key);
    if (merged === undefined) {
      merged = new MergedFamily(source.shape);
      shapes.push(merged);
    }
    return { merged, part: merged.add(source) };
  }

  /** Takes a part out that has ended or was discarded. */
  remove(merged: MergedFamily, part: Contribution): void {
    merged.delete(part);
    const shapes = this.byName.get(merged.name) ?? [];
    if (merged.memberCount > 0 || shown(shapes) === merged) return;
    // Nothing would ever show what it holds: so that services may change their spec as often as they like.
    this.byName.set(
      merged.name,
      shapes.filter((each) => each !== merged),
    );
    this.warned.delete(merged);
  }

  /** Brings everything up to date: one family for each name, in the order in which the names came. */
  run(): readonly Family[] {
    const families: Family[] = [];
    for (const shapes of this.byName.values()) {
      const best = shown(shapes);
      for (const merged of shapes) if (merged !== best) this.warn(merged, best);
      if (best === undefined) continue;
      best.merge();
      families.push(best);
    }
    return families;
  }

  /** What is not shown. */
  hidden(): readonly HiddenFamily[] {
    return [...this.byName.values()].flatMap((shapes) => {
      const best = shown(shapes);
      return shapes
        .filter((each) => each !== best)
        .map((each) => ({ name: each.name, shape: shapeWords(each.shape), members: each.memberCount }));
    });
  }

  /** Rows of members that were added to `__other__`, because the merged label was at its cap. */
  folded(): readonly { readonly metric: string; readonly label: string; readonly rows: number }[] {
    return [...this.byName.values()]
      .flat()
      .flatMap(({ name, labelNames, foldedRows }) =>
        foldedRows
          .map((rows, index) => ({ metric: name, label: labelNames[index] ?? '', rows }))
          .filter(({ rows }) => rows > 0),
      );
  }

  private warn(hidden: MergedFamily, best: MergedFamily | undefined): void {
    if (this.warned.has(hidden) || best === undefined) return;
    this.warned.add(hidden);
    diag.warn(
      `metric ${hidden.name} differs between the processes of this service: shown is ${shapeWords(best.shape)}, ` +
        `not shown are ${hidden.memberCount} with ${shapeWords(hidden.shape)}`,
    );
  }
}

/** The shape that most members have; of equally many the newest, since a service is being brought up to date then. */
function shown(shapes: readonly MergedFamily[]): MergedFamily | undefined {
  return shapes.reduce<MergedFamily | undefined>(
    (best, each) => (best === undefined || each.memberCount >= best.memberCount ? each : best),
    undefined,
  );
}
