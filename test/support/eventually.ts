import { vi } from 'vitest';

/**
 * Asks again and again until a check passes, and gives what it returned; ends only against what never happens, since how long something takes
 * depends on what else the machine does. The default of `vi.waitFor`, a second, is too short for a process that has yet to begin.
 * @param interval milliseconds between two looks
 */
export const eventually = <T>(check: () => T | Promise<T>, interval = 50): Promise<T> =>
  vi.waitFor(check, { timeout: 120_000, interval });
