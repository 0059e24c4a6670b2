import type { Activity } from './facts.js';

/** Points for a fact, and why it is worth them. */
export interface Weight {
  readonly points: number;
  readonly because: string;
}

/** Points of the first call of each kind; see `repetition` for more of them. */
export const activityWeights: Readonly<Record<Activity, Weight>> = {
  model: { points: 30, because: 'slow, paid by the token, limited, and different each time' },
  tool: { points: 25, because: 'run because a model says so, with arguments that it made up' },
  queue: { points: 18, because: 'work changes hands, waits, and may be done twice or never' },
  network: { points: 18, because: 'waits for another service and fails in ways of its own' },
  database: { points: 15, because: 'shared, locked, and slow without anybody noticing' },
  process: { points: 15, because: 'another program, with an end that has to be looked after' },
  file: { points: 5, because: 'mostly quick, and full or gone when it is not' },
};

/** Each doubling of the calls adds this share of the first one's points. */
export const repetition = 0.25;

/** Points for what is reached through other functions of the tree, by kind; files are not worth following. */
export const reachWeights = {
  near: { points: 5, because: 'calls what does it: an operation begins here' },
  far: { points: 3, because: 'leads to it by at most three calls' },
} as const;

export const otherWeights = {
  awaitLoop: {
    points: 8,
    because: 'one wait after the other: retries, polls and N+1 queries look like this',
  },
  swallowed: { points: 8, because: 'an error ends here and nobody hears of it' },
  catch: { points: 2, because: 'something is expected to fail' },
  unattended: { points: 10, because: 'goes on by itself: nobody sees when it stops' },
  /** For each, up to the limit. */
  branch: { points: 0.4, limit: 8, because: 'ways that it can go' },
  line: { points: 0.05, limit: 5, because: 'its length' },
  caller: { points: 1, limit: 8, because: 'places that call it' },
  exported: { points: 2, because: 'others use it' },
  entry: { points: 6, because: 'work enters here' },
} as const;

/** Size, callers and the like say how much a fact matters, not that there is one: they are worth this share of the rest, or so many points. */
export const structure = { share: 0.5, least: 4 } as const;

/** Below this a function counts as none that needs telemetry. */
export const usualMinimum = 10;
