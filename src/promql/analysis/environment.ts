import type { SeriesFact } from './series-fact.js';
import type { Value } from './value.js';

/** Features that servers differ in. */
export interface TargetFeatures {
  /** How a server stores the bound of a bucket that a program wrote: `1` or `1.0`; undefined where either may be. */
  readonly bucketSpelling: 'as written' | 'with a fraction' | undefined;
}

/** What the analysis knows of the world. */
export interface Environment {
  /** What the program or somebody else exposes under a name. */
  series(name: string): SeriesFact | undefined;
  /** What rules record under a name. */
  recorded(name: string): Value | undefined;
  /** Whether a label comes from the program that is described and from nowhere else. */
  isOwnLabel(name: string): boolean;
  /** Whether a label may stand on any series, because the scrape adds it. */
  isInfrastructureLabel(name: string): boolean;
  /** Labels that the scrape sets, with the value that tells this service from others. */
  readonly identity: ReadonlyMap<string, string>;
  /** Seconds. */
  readonly evaluationInterval: number;
  readonly target: TargetFeatures;
}

/** Nothing is known of any name. */
export const emptyEnvironment: Environment = {
  series: () => undefined,
  recorded: () => undefined,
  isOwnLabel: () => false,
  isInfrastructureLabel: () => true,
  identity: new Map(),
  evaluationInterval: 60,
  target: { bucketSpelling: undefined },
};
