import type { Dialect } from './dialect.js';

/** Prometheus itself. */
export const prometheus: Dialect = {
  name: 'Prometheus',
  version: 'its-own',
  differences: new Map(),
  // https://prometheus.io/docs/prometheus/latest/feature_flags/
  howToAllow: 'start Prometheus with --enable-feature=promql-experimental-functions',
  // No limit of Prometheus: a group is evaluated one rule after the other, and more than this take turns for too long.
  largestGroup: 20,
  mostGroups: undefined,
  splitsChains: false,
};
