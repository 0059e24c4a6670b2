// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { rowState } from './family.js';

/** The part of a metric that idle rows are found in. */
interface Rows {
  readonly rowCount: number;
  readonly state: Uint8Array;
}

/**
 * Finds the rows that nobody touched for a time. Updates only leave a mark; when it was left is worked out at each reading, so a row
 * may live longer than it has to by the time between two readings.
 */
export class IdleRows {
  private readonly maxIdleSeconds: number;
  /** By row, monotonic seconds of the reading that saw the last update. */
  private seen = new Float64Array(0);

  constructor(maxIdleSeconds: number) {
    this.maxIdleSeconds = maxIdleSeconds;
  }

  /** The rows on the page that have been idle too long. */
  collect({ rowCount, state }: Rows, now: number): number[] {
    if (this.seen.length < rowCount) {
      const larger = new Float64Array(Math.max(rowCount, 2 * this.seen.length));
      larger.set(this.seen);
      this.seen = larger;
    }
    const idle: number[] = [];
    for (let row = 0; row < rowCount; row += 1) {
      const marks = state[row] ?? 0;
      if ((marks & rowState.live) === 0) continue;
      if ((marks & rowState.touched) !== 0) {
        this.seen[row] = now;
        state[row] = marks & ~rowState.touched;
      } else if (now - (this.seen[row] ?? 0) >= this.maxIdleSeconds) {
        idle.push(row);
      }
    }
    return idle;
  }
}
