import { entries } from './entry.js';

/** OBS36xx: what the servers in use can do, and how rules are evaluated there. */
export const targetEntries = entries({
  OBS3601: {
    severity: 'error',
    title: 'feature of another version',
    explanation: `The query uses something that came with a later version of Prometheus than the oldest one in use (target.prometheus.version), or that is gone by then. A server refuses a whole rule file for one such query, and a panel shows an error.

  target: { prometheus: { version: '2.42' } }
  histogram_avg(x)                          came with 2.51
  histogram_sum(x) / histogram_count(x)     the same, since 2.40

Write the query without it, or raise the version once no older server is left. For Mimir and Thanos, the version is that of the Prometheus whose language they speak.`,
  },
  OBS3602: {
    severity: 'error',
    title: 'feature that the target does not have',
    explanation: `The query uses something that Prometheus has and the server in use (target.prometheus.dialect) has not, whatever its version. VictoriaMetrics reads MetricsQL, which lacks some functions of PromQL, and refuses the rule.

  target: { prometheus: { dialect: victoriametrics } }
  info(up)                                       MetricsQL has no info()
  up * on (instance) group_left (version) build_info     does

Write the query without it.`,
  },
  OBS3603: {
    severity: 'warning',
    title: 'feature behind a feature flag',
    explanation: `The query uses an experimental function or aggregation. A server on which it was not allowed refuses the whole rule file, and what is experimental may change with any version.

  target: { prometheus: { version: '3.5' } }
  mad_over_time(x[1h])        needs --enable-feature=promql-experimental-functions
  stddev_over_time(x[1h])     needs nothing

Write the query without it; where every server in use allows it, accept the finding with suppress and say so in its reason.`,
  },
  OBS3604: {
    severity: 'error',
    title: 'key that the target does not know',
    explanation: `keepFiringFor becomes keep_firing_for of the rule, which Prometheus knows since 2.42 and Thanos since 0.34. An older server refuses the whole rule file for a key that it does not know.

  target: { prometheus: { version: '2.40' } }
  alerts:
    Slow: { …, keepFiringFor: 10m }

Leave the key out, or raise the version once no older server is left. Without it, an alert that comes and goes can be steadied by a longer window in its query.`,
  },
  OBS3605: {
    severity: 'warning',
    title: 'interval that leaves gaps',
    explanation: `A query sees the last sample of a series that is at most five minutes old. Where samples or recorded values come less often than that, a query finds nothing in between: alerts resolve and fire again, and records that are made of other records have holes.

  target: { prometheus: { evaluationInterval: 10m } }     recorded series are missing half of the time
  target: { prometheus: { evaluationInterval: 1m } }      right

Two samples should fit into the five minutes, so that one that is missed does no harm: 2m at most.`,
  },
  OBS3606: {
    severity: 'warning',
    title: 'rule label that replaces one of the result',
    explanation: `The result of the query has a label that the rule sets as well: severity and the alert's own labels on every alert, anomaly and service on what an anomaly records. The rule's value replaces the one of the series. Where two series differ in nothing else, they become one and the same, and Prometheus refuses the evaluation: the alert never fires.

  labels: { severity: { values: [low, high] } }
  Seen: { expr: 'rate(events_total[5m]) > 1', severity: ticket, … }               two severities, one alert
  Seen: { expr: 'sum by (event) (rate(events_total[5m])) > 1', severity: ticket, … }   right

Aggregate the label away, or give it another name with as.`,
  },
  OBS3607: {
    severity: 'warning',
    title: 'more rule groups than a tenant may have',
    explanation: `Mimir limits how many groups of rules a tenant may have: 70 as it is delivered, of everything that the tenant uploads. This spec alone makes more, and the upload of the last files is refused. An objective has three groups.

Have the limit raised for the tenant (ruler_max_rule_groups_per_tenant), and accept the finding with suppress; or divide the spec.`,
  },
});
