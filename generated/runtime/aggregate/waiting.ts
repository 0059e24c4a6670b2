// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';

/**
 * What a member owes. Who has let a deadline pass is asked on, but not waited for until it has answered: a process that is blocked
 * delays one page and not every page.
 */
export class Waiting {
  /** Whether it let a deadline pass and has not answered since. */
  isLate = false;
  /** Monotonic seconds of its last answer; undefined before the first one. */
  answeredAt: number | undefined;
  private waiter: (() => void) | undefined;

  /** Settles with its next answer, or when it `ends`; at once where it is late already. */
  next(): Promise<void> {
    if (this.isLate) return Promise.resolve();
    return new Promise((resolve) => {
      const before = this.waiter;
      this.waiter = () => {
        before?.();
        resolve();
      };
    });
  }

  /** It has answered. */
  answered(): void {
    this.answeredAt = monotonicSeconds();
    this.isLate = false;
    this.ends();
  }

  /** The deadline has passed. */
  missed(): void {
    if (this.waiter === undefined) return;
    this.isLate = true;
    this.ends();
  }

  /** Nothing is to be expected of it any more. */
  ends(): void {
    const { waiter } = this;
    this.waiter = undefined;
    waiter?.();
  }
}
