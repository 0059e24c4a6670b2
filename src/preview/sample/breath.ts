import { setImmediate as otherWork } from 'node:timers/promises';

/** Lets other work have its turn where this one has taken long. */
export type Breath = () => Promise<void>;

/** @param longest milliseconds of work in one go */
export function breathing(longest: number): Breath {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longest) return;
    await otherWork();
    since = performance.now();
  };
}
