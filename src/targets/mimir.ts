import type { Dialect } from './dialect.js';

/**
 * Grafana Mimir, whose ruler is that of Prometheus. The namespace that a group belongs to is given when a file is uploaded; the file's
 * name will do, since each file of rules has one of its own.
 */
export const mimir: Dialect = {
  name: 'Mimir',
  version: 'of-prometheus',
  // keep_firing_for came with the Prometheus that had it (grafana/mimir#4099), query_offset as well, evaluation_delay before it
  // (grafana/mimir#8295).
  differences: new Map(),
  // https://grafana.com/docs/mimir/latest/configure/configure-experimental-promql-functions/
  howToAllow: 'allow it with the limit `enabled_promql_experimental_functions` of the tenant',
  // Defaults of -ruler.max-rules-per-rule-group and -ruler.max-rule-groups-per-tenant (cmd/mimir/help.txt.tmpl of Mimir).
  largestGroup: 20,
  mostGroups: 70,
  splitsChains: false,
};
