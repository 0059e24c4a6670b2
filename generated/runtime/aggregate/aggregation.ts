// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { families } from '../exposition/registry.js';
import type { Family } from '../metrics/family.js';
import { Announcer } from './announcer.js';
import { Member } from './member.js';
import type { MemberSource, MemberState } from './member-source.js';
import { Merge } from './merge.js';
import type { FamilyNews } from './news.js';

/** The metrics of this process, of its threads and of its workers as one. */
export class Aggregation {
  readonly merge: Merge = new Merge();
  readonly sources: MemberSource[] = [];
  /** How long a page waits for others. */
  deadlineSeconds = 1;
  /** Whether there ever was another member. */
  hasMembers = false;
  private readonly own = new Member(this.merge);
  private readonly announcer = new Announcer();
  private running: Promise<readonly Family[]> | undefined;

  /** Everything, brought up to date; what others did not say within the deadline is as they said it last. Never rejects. */
  collect(): Promise<readonly Family[]> {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** The same with what is known of the others. */
  collectNow(): readonly Family[] {
    const own = refreshedFamilies();
    if (!this.hasMembers) return own;
    this.own.note(this.announcer.news(own).map(withMemory(own, this.announcer)));
    return this.merge.run();
  }

  /** The others. */
  states(): readonly MemberState[] {
    return this.sources.flatMap((source) => source.states());
  }

  private async run(): Promise<readonly Family[]> {
    await Promise.all(this.sources.map((source) => source.ask(this.deadlineSeconds)));
    return this.collectNow();
  }
}

/** The metrics of this thread, brought up to date. */
export function refreshedFamilies(): readonly Family[] {
  const own = families();
  for (const family of own) family.refresh();
  return own;
}

/** The numbers of this thread need not be told: they are read where they are. */
function withMemory(own: readonly Family[], announcer: Announcer): (news: FamilyNews) => FamilyNews {
  const byNumber = new Map(own.map((family) => [announcer.numberOf(family), family]));
  return (news) => {
    const memory = news.shape === undefined ? undefined : byNumber.get(news.family);
    return memory === undefined ? news : { ...news, memory };
  };
}
