import { geometric } from './progressions.js';

/** Bucket bounds that are known to work, by the name that the schema gives them. */
export const bucketPresets = {
  /** Requests to a service: prom-client's own default. */
  seconds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  /** Model calls: the bounds that the GenAI semantic conventions advise, 10 ms to 81.92 s. */
  'genai-duration': geometric(0.01, 2, 14),
  /** Runs of an agent: 100 ms to 409.6 s. */
  'agent-duration': geometric(0.1, 2, 13),
  /** Workflows of many steps: 1 s to 2 h. */
  'workflow-duration': [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200],
  /** Token counts: the bounds that the GenAI semantic conventions advise, 1 to 67,108,864. */
  tokens: geometric(1, 4, 14),
  /** Sizes: 256 B to 1 GiB. */
  bytes: geometric(256, 4, 12),
  ratio: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1],
  /** Small numbers (steps, retries, results): Fibonacci. */
  count: [1, 2, 3, 5, 8, 13, 21, 34, 55, 89],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type BucketPreset = keyof typeof bucketPresets;

/** The preset that a histogram without buckets gets, by the unit of its name. */
export const presetOfUnit: ReadonlyMap<string, BucketPreset> = new Map([
  ['seconds', 'seconds'],
  ['bytes', 'bytes'],
  ['tokens', 'tokens'],
  ['ratio', 'ratio'],
]);
