import type { Feature, History } from './feature.js';

/**
 * What came and went in Prometheus, by version: https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md, read at 3.14, unless a
 * line says otherwise. What is older than 2.20 is not told apart.
 */
const trigonometry = [
  ...['acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cos', 'cosh', 'sin', 'sinh', 'tan', 'tanh'],
  ...['deg', 'rad', 'pi'],
];

const since = (major: number, minor: number): History => ({ since: [major, minor] });
const experimental = (major: number, minor: number): History => ({ since: [major, minor], flagged: true });

export const history: ReadonlyMap<Feature, History> = new Map<Feature, History>([
  // Rule files
  ['limit', since(2, 31)],
  ['keep_firing_for', since(2, 42)],
  ['query_offset', since(2, 53)],
  ['group labels', since(3, 0)],

  // Syntax. The flags of the first two were removed in 2.33, when they became stable.
  ['the modifier `@`', { since: [2, 25], flagged: true, stableSince: [2, 33] }],
  ['a negative offset', { since: [2, 26], flagged: true, stableSince: [2, 33] }],
  ['the operator `atan2`', since(2, 31)],
  ['a number written as a duration', { ...since(2, 54), instead: 'the number of seconds' }],
  ['a number with underscores', { ...since(2, 54), instead: 'the number without them' }],
  ['a name in quotes', since(3, 0)],

  // Aggregations
  ['the aggregation `group`', since(2, 20)],
  ['the aggregation `limitk`', { ...experimental(2, 54), instead: 'topk' }],
  ['the aggregation `limit_ratio`', experimental(2, 54)],

  // Functions
  ...['sgn', 'clamp', 'last_over_time'].map((name) => [`${name}()`, since(2, 26)] as const),
  ['present_over_time()', { ...since(2, 29), instead: 'count_over_time()' }],
  ...trigonometry.map((name) => [`${name}()`, since(2, 31)] as const),
  // Native histograms, of which 2.40 brought the first functions.
  ...['histogram_count', 'histogram_sum', 'histogram_fraction'].map(
    (name) => [`${name}()`, since(2, 40)] as const,
  ),
  ...['histogram_stddev', 'histogram_stdvar'].map((name) => [`${name}()`, since(2, 47)] as const),
  ['histogram_avg()', { ...since(2, 51), instead: 'histogram_sum() / histogram_count()' }],
  ['mad_over_time()', experimental(2, 49)],
  ['sort_by_label()', experimental(2, 49)],
  ['sort_by_label_desc()', experimental(2, 49)],
  ['info()', { ...experimental(2, 55), instead: '* on (…) group_left (…)' }],
  ['double_exponential_smoothing()', experimental(3, 0)],
  ['ts_of_min_over_time()', experimental(3, 5)],
  ['ts_of_max_over_time()', experimental(3, 5)],
  ['ts_of_last_over_time()', experimental(3, 5)],
  ['first_over_time()', { since: [3, 7], flagged: true, stableSince: [3, 14] }],
  ['ts_of_first_over_time()', experimental(3, 7)],
  ['histogram_quantiles()', { ...experimental(3, 11), instead: 'histogram_quantile()' }],
  ...['start', 'end', 'range', 'step'].map((name) => [`${name}()`, experimental(3, 12)] as const),
  ['start_timestamp()', experimental(3, 14)],

  // Ways of working, which no query can ask for: https://prometheus.io/docs/prometheus/latest/migration/
  ['left-open ranges', since(3, 0)],
  ['normalised le', since(3, 0)],
]);
