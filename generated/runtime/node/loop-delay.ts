// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';
import { everySeconds } from '../timers.js';
import type { IntervalHistogram, PerformanceHooks } from './modules.js';

/** Each interval wakes the process: at 20 ms that costs 0.15% of a core. A longer delay is never missed. */
const intervalMilliseconds = 20;

const beatSeconds = 1;

/** A delay is seen for one to two minutes: by every reader that reads at least each minute, whoever else reads. */
const beatsPerWindow = 60;

/**
 * How late the event loop is with its timers. What has been measured is forgotten as time passes and not when it is read, because there
 * may be several readers. Nothing here keeps the process alive.
 */
export class LoopDelay {
  /** Both measure all the time. The one that is read was emptied one to two windows ago. */
  private readonly monitors: readonly [IntervalHistogram, IntervalHistogram];
  private readonly endTimer: () => void;
  private readonly awaiting: (() => void)[] = [];
  private beats = 0;
  private due = monotonicSeconds() + beatSeconds;
  private late = 0;

  constructor(perfHooks: PerformanceHooks) {
    const monitor = (): IntervalHistogram => {
      const histogram = perfHooks.monitorEventLoopDelay({ resolution: intervalMilliseconds });
      histogram.enable();
      return histogram;
    };
    this.monitors = [monitor(), monitor()];
    this.endTimer = everySeconds(beatSeconds, () => {
      this.beat();
    });
  }

  /** Calls back when there is something to read: within a second, or now. */
  whenReady(callback: () => void): void {
    if (this.beats > 0) callback();
    else this.awaiting.push(callback);
  }

  /** How late the last timer was, or how late the next one is by now. Seconds. */
  get last(): number {
    return Math.max(this.late, monotonicSeconds() - this.due, 0);
  }

  /** A delay of the last one to two minutes. Seconds. */
  of(read: (intervals: IntervalHistogram) => number): number {
    // Intervals contain the time that the timer was meant to take.
    return Math.max(0, read(this.current) / 1e9 - intervalMilliseconds / 1000);
  }

  /** How much the delays vary. Seconds. */
  get deviation(): number {
    return this.current.stddev / 1e9;
  }

  stop(): void {
    this.endTimer();
    for (const monitor of this.monitors) monitor.disable();
  }

  private get current(): IntervalHistogram {
    return this.monitors[Math.floor(this.beats / beatsPerWindow) % 2 === 0 ? 0 : 1];
  }

  private beat(): void {
    const now = monotonicSeconds();
    this.late = now - this.due;
    this.due = now + beatSeconds;
    const before = this.current;
    this.beats += 1;
    if (this.current !== before) before.reset();
    for (const callback of this.awaiting.splice(0)) callback();
  }
}
