import type { Feature, History } from './feature.js';

/** An implementation of the server that evaluates rules: what it does otherwise than the Prometheus whose language it speaks. */
export interface Dialect {
  /** As it calls itself. */
  readonly name: string;
  /**
   * What `target.prometheus.version` is the version of: `its-own`, or that of the Prometheus whose language and rule files it takes
   * over; `none` where it has a language of its own, which no version of Prometheus describes.
   */
  readonly version: 'its-own' | 'of-prometheus' | 'none';
  /** Features that it has from another version on than Prometheus; `unknown` where it never had them. */
  readonly differences: ReadonlyMap<Feature, History | 'unknown'>;
  /** How an operator allows what is behind a feature flag. */
  readonly howToAllow: string;
  /** Rules in a group beyond which the server refuses the group, or takes too long over it. */
  readonly largestGroup: number;
  /** Groups of a whole tenant beyond which the server refuses more, as it is delivered. */
  readonly mostGroups: number | undefined;
  /** Whether a rule may miss what a rule before it in its group has just recorded. */
  readonly splitsChains: boolean;
}
