import type { Feature, History } from './feature.js';
import type { Dialect } from './dialect.js';

/**
 * Thanos Ruler. Its groups have `partial_response_strategy`, which is `abort` where it is not written: alerts on half of the data would
 * miss symptoms (https://thanos.io/tip/components/rule.md), so that it is left at that.
 */
export const thanos: Dialect = {
  name: 'Thanos',
  version: 'of-prometheus',
  differences: new Map<Feature, History>([
    // Thanos copied these keys later than Prometheus had them: its 0.34 is built on Prometheus 2.48 (thanos-io/thanos#6943), and its
    // documentation of the ruler has query_offset since 0.38, which is built on 3.1.
    ['keep_firing_for', { since: [2, 48] }],
    ['query_offset', { since: [3, 1] }],
  ]),
  howToAllow: 'start the ruler and the querier with --enable-feature=promql-experimental-functions',
  largestGroup: 20,
  mostGroups: undefined,
  splitsChains: false,
};
