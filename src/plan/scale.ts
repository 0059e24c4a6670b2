/** What a plan is made for. */
export interface Scale {
  /** Instances of the service, over all regions. */
  readonly instances: number;
  /** Regions, each with stores of its own; instances are spread over them evenly. */
  readonly regions: number;
  /** How much of their caps registered and open labels fill, more than 0 and at most 1. */
  readonly share: number;
  /** Seconds between scrapes, where it is not what the spec says. */
  readonly scrapeInterval?: number;
}

/**
 * A cap is a limit, which names seldom come near: the labels of the example agent fill between 5 and 20 % of theirs, a tenth being the
 * middle (docs/plan.md).
 */
export const usualShare = 0.1;

/** The instances that the fullest region has. */
export function instancesOfRegion({ instances, regions }: Pick<Scale, 'instances' | 'regions'>): number {
  return Math.ceil(instances / regions);
}
