import type { Feature, History } from './feature.js';
import type { Dialect } from './dialect.js';

const unknown = [
  ...['info', 'range', 'start_timestamp'],
  // Its own names for these are tmin_over_time and its kin.
  ...['ts_of_min_over_time', 'ts_of_max_over_time', 'ts_of_first_over_time', 'ts_of_last_over_time'],
].map((name) => [`${name}()` as Feature, 'unknown'] as const);

/** What Prometheus hides behind a flag, or brought late, and MetricsQL simply has. */
const known = [
  ...['mad_over_time', 'sort_by_label', 'sort_by_label_desc', 'first_over_time', 'start', 'end', 'step'],
  'histogram_quantiles',
].map((name) => [`${name}()` as Feature, {}] as const);

/**
 * vmalert with VictoriaMetrics, as of 2026. Its language is MetricsQL: which functions it has is told by rollup.go, transform.go and
 * aggr.go of https://github.com/VictoriaMetrics/metricsql; what its rule files have, by
 * https://docs.victoriametrics.com/victoriametrics/vmalert/.
 */
export const victoriametrics: Dialect = {
  name: 'VictoriaMetrics',
  version: 'none',
  differences: new Map<Feature, History | 'unknown'>([
    ...unknown,
    ...known,
    ['histogram_count()', 'unknown'],
    ['histogram_sum()', 'unknown'],
    ['double_exponential_smoothing()', 'unknown'],
    ['the aggregation `limitk`', {}],
    ['the aggregation `limit_ratio`', 'unknown'],
    // vmalert has eval_delay, which it takes for the whole group as well; labels of a group are its own.
    ['query_offset', 'unknown'],
    ['group labels', {}],
    // Buckets keep the spelling of the client.
    ['normalised le', 'unknown'],
  ]),
  howToAllow: '',
  largestGroup: 20,
  mostGroups: undefined,
  // "persistence of execution results to remote storage is asynchronous": a rule must not count on what one before it has just recorded.
  splitsChains: true,
};
