// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Contribution } from './contribution.js';
import type { Merge } from './merge.js';
import type { MergedFamily } from './merged-family.js';
import type { FamilyNews } from './news.js';
import { ReceivedFamily } from './received-family.js';

interface Part {
  readonly received: ReceivedFamily;
  readonly merged: MergedFamily;
  readonly part: Contribution;
}

/** A process or thread whose metrics are merged, as those who merge know it. */
export class Member {
  private readonly merge: Merge;
  private readonly parts: Part[] = [];

  constructor(merge: Merge) {
    this.merge = merge;
  }

  /** How many families it has named. */
  get familyCount(): number {
    return this.parts.length;
  }

  /** Its families, by the number that it gave them. */
  families(): readonly ReceivedFamily[] {
    return this.parts.map(({ received }) => received);
  }

  /** Notes what it has said. Throws at what cannot be understood. */
  note(news: readonly FamilyNews[]): void {
    for (const each of news) {
      if (each.shape !== undefined) this.add(each.family, new ReceivedFamily(each.shape));
      const part = this.parts[each.family];
      if (part === undefined) throw new Error(`family ${each.family} was never named`);
      part.received.note(each);
    }
  }

  /** How many of its rows have values but no labels yet. */
  untoldRows(): number {
    return this.parts.reduce((sum, { part }) => sum + part.settle(), 0);
  }

  /**
   * It has ended: its counts stay, its gauges go.
   * @returns how many of its rows are lost, because it ended before it could tell their labels
   */
  end(): number {
    const lost = this.untoldRows();
    for (const { merged, part } of this.parts.splice(0)) {
      part.end();
      this.merge.remove(merged, part);
    }
    return lost;
  }

  /** It will say everything anew. */
  forget(): void {
    for (const { merged, part } of this.parts.splice(0)) {
      part.discard();
      this.merge.remove(merged, part);
    }
  }

  private add(index: number, received: ReceivedFamily): void {
    if (index !== this.parts.length) throw new Error(`family ${index} was named out of turn`);
    this.parts.push({ received, ...this.merge.add(received) });
  }
}
