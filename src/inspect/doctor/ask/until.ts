import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds before the second look, and the most between two. */
const firstPause = 250;
const longestPause = 4000;

/**
 * Looks again and again, with longer and longer pauses, until something is there or the time is over.
 * @param seconds from now
 * @param look undefined: not there yet
 * @returns what was there; undefined where nothing came
 */
export async function until<T>(
  seconds: number,
  look: () => Promise<T | undefined>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const end = performance.now() + seconds * 1000;
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.6)) {
    const found = await look();
    if (found !== undefined) return found;
    const left = end - performance.now();
    if (left <= 0) return undefined;
    await sleep(Math.min(pause, left), undefined, signal === undefined ? {} : { signal });
  }
}
