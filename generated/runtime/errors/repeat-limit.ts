// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';

/** Reports of one kind in a minute; an agent that retries repeats its errors. */
const perKind = 5;
/** Reports of all kinds in a minute. */
const perMinute = 120;
const windowSeconds = 60;
const maxKinds = 1000;

/** Lets a bounded number of equal reports through in each minute. */
export class RepeatLimit {
  private readonly now: () => number;
  private started = -Infinity;
  private total = 0;
  private readonly kinds = new Map<string, number>();

  constructor(now: () => number = monotonicSeconds) {
    this.now = now;
  }

  /** Whether a report of this kind may go out. */
  admits(kind: string): boolean {
    const now = this.now();
    if (now - this.started >= windowSeconds) {
      this.started = now;
      this.total = 0;
      this.kinds.clear();
    }
    const count = this.kinds.get(kind) ?? 0;
    if (count >= perKind || this.total >= perMinute) return false;
    if (this.kinds.size < maxKinds || count > 0) this.kinds.set(kind, count + 1);
    this.total += 1;
    return true;
  }
}
