// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';

interface Timers {
  setImmediate(callback: () => void): unknown;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

const timers = globalThis as unknown as Timers;

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
    await new Promise<void>((resolve) => {
      timers.setImmediate(resolve);
    });
    this.start = monotonicSeconds();
  }
}

/** Calls back after so many seconds, unless it is ended before, and does not keep the process alive; returns the end. */
export function afterSeconds(seconds: number, callback: () => void): () => void {
  const timer = timers.setTimeout(callback, seconds * 1000) as { unref?(): void };
  timer.unref?.();
  return () => {
    timers.clearTimeout(timer);
  };
}
