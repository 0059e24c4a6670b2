// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';

/** When an event is too frequent. */
export interface FrequencyLimit {
  /** More than so many events ... */
  readonly above: number;
  /** ... within so many seconds. */
  readonly perSeconds: number;
}

/** Up to so many times are kept for each key, and the window is exact; beyond, it moves in steps. */
const maxExactTimes = 1000;
/** Steps of a window that is not exact: it may reach back too far by one of them, and detects too early rather than too late. */
const steps = 100;
/** Keys whose events are counted at once. */
export const maxKeys = 10_000;
/** Times that all keys keep together: 8 MB. */
const maxTimes = 1_000_000;

interface Entry {
  readonly window: Window;
  /** Time of the last event. */
  last: number;
  /** Time of the last detection. */
  detected: number;
}

interface Window {
  /** Notes an event; whether there are now more of them in the window than the limit. */
  exceeds(now: number): boolean;
}

/**
 * Counts events by a key within a sliding window, in a bounded table. A key that exceeds the limit is detected once, and again only
 * when a whole window has passed since: as long as it goes on, an alert on the detections stays, and a flood is one detection, not many.
 */
export class FrequencyTable {
  readonly capacity: number;
  /** Keys that were let go although their window had not passed. */
  evicted = 0;
  private readonly limit: FrequencyLimit;
  private readonly now: () => number;
  /** In the order of their last events. */
  private readonly entries = new Map<string, Entry>();

  /** @param now a clock in seconds that never goes backwards */
  constructor(limit: FrequencyLimit, now: () => number = monotonicSeconds, capacity: number = maxKeys) {
    this.limit = { above: Math.floor(Math.max(0, limit.above)), perSeconds: limit.perSeconds };
    this.now = now;
    const perKey = Math.min(Math.max(1, this.limit.above), maxExactTimes);
    this.capacity = Math.max(1, Math.min(capacity, Math.floor(maxTimes / perKey)));
  }

  get size(): number {
    return this.entries.size;
  }

  /** Notes an event of a key; whether it is a detection. */
  note(key: string): boolean {
    const now = this.now();
    let entry = this.entries.get(key);
    if (entry === undefined) {
      this.makeRoom(now);
      entry = { window: this.window(), last: now, detected: -Infinity };
    } else {
      this.entries.delete(key);
    }
    this.entries.set(key, entry);
    entry.last = now;
    if (!entry.window.exceeds(now) || now - entry.detected < this.limit.perSeconds) return false;
    entry.detected = now;
    return true;
  }

  private window(): Window {
    const { above, perSeconds } = this.limit;
    return above <= maxExactTimes ? new ExactWindow(above, perSeconds) : new SteppedWindow(above, perSeconds);
  }

  /** Lets the keys go whose window has passed, and the one that was quiet for longest where that is not enough. */
  private makeRoom(now: number): void {
    for (const [key, { last }] of this.entries) {
      const isOver = now - last >= this.limit.perSeconds;
      if (!isOver && this.entries.size < this.capacity) return;
      this.entries.delete(key);
      if (!isOver) this.evicted += 1;
    }
  }
}

/** The times of the last events, as many as the limit allows: the one before them all decides. */
class ExactWindow implements Window {
  private readonly above: number;
  private readonly seconds: number;
  private readonly times: number[] = [];
  private next = 0;

  constructor(above: number, seconds: number) {
    this.above = above;
    this.seconds = seconds;
  }

  exceeds(now: number): boolean {
    if (this.above === 0) return true;
    const before = this.times[this.next];
    this.times[this.next] = now;
    this.next = (this.next + 1) % this.above;
    return before !== undefined && now - before < this.seconds;
  }
}

class SteppedWindow implements Window {
  private readonly above: number;
  private readonly step: number;
  private readonly counts = new Float64Array(steps + 1);
  private current = 0;
  private total = 0;

  constructor(above: number, seconds: number) {
    this.above = above;
    this.step = seconds / steps;
  }

  exceeds(now: number): boolean {
    const step = Math.floor(now / this.step);
    for (let passed = Math.max(this.current + 1, step - steps); passed <= step; passed += 1) {
      this.total -= this.counts[passed % (steps + 1)] ?? 0;
      this.counts[passed % (steps + 1)] = 0;
    }
    this.current = step;
    this.counts[step % (steps + 1)] = (this.counts[step % (steps + 1)] ?? 0) + 1;
    this.total += 1;
    return this.total > this.above;
  }
}
