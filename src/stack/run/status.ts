import type { RunningName } from './state.js';

/** How a part is: `starting` is there and not ready, or not healthy yet; `down` has ended, or does not answer. */
export type PartHealth = 'up' | 'starting' | 'unhealthy' | 'down';

/** A part of a stack, as it is now. */
export interface PartStatus {
  readonly part: RunningName;
  readonly health: PartHealth;
  /** Where it answers; empty where nobody outside the stack reaches it. */
  readonly url: string;
  /** ISO 8601, UTC; undefined where it does not run. */
  readonly since?: string | undefined;
  readonly pid?: number | undefined;
  /** What else there is to know of it: how it ended, where its log is. */
  readonly detail?: string | undefined;
}
