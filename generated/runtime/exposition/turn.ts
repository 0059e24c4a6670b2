// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';
import { nextTurn } from '../timers.js';

/** Work that gives way to others on the event loop after so many seconds. */
export class Turn {
  private readonly seconds: number;
  private start: number = monotonicSeconds();

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  get isOver(): boolean {
    return monotonicSeconds() - this.start >= this.seconds;
  }

  /** Waits until the others have had theirs. */
  async next(): Promise<void> {
    await nextTurn();
    this.start = monotonicSeconds();
  }
}
