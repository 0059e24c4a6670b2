import { entries } from './entry.js';

/** OBS31xx: PromQL. */
export const promqlEntries = entries({
  OBS3101: {
    severity: 'error',
    title: 'PromQL syntax',
    explanation: `The text is not PromQL: Prometheus would refuse the whole rule file, and Grafana would show an error in the panel. The caret points at the place inside the string.

Frequent reasons are a bracket that is not closed, a label value without quotes, an operator of another language, and a range with a space in it. Inside YAML, a query with quotes, braces or a colon in it is best put in single quotes:

  expr: 'sum by (queue) (research_queue_depth{queue="intake"}) > 500'`,
  },
  OBS3102: {
    severity: 'error',
    title: 'unknown PromQL function',
    explanation: `Prometheus has no function or aggregation of this name, so that it would refuse the rule file. Where a known name is near, it is offered. Names of functions are in lower case.

  rte(requests_total[5m])     unknown
  rate(requests_total[5m])    right

A function that Prometheus 3 removed is named with the one that took its place.`,
  },
  OBS3103: {
    severity: 'error',
    title: 'wrong arguments in PromQL',
    explanation: `A function, an aggregation or an operator got too many or too few arguments, or one of the wrong type. PromQL has four types: numbers, strings, instant vectors (one value for each series: x) and range vectors (many values for each series: x[5m]). Prometheus refuses the rule file where they do not fit.

  rate(requests_total)                rate needs a range vector
  rate(requests_total[5m])            right
  histogram_quantile(rate(x_bucket[5m]), 0.95)   the number comes first

A comparison of two numbers needs bool: 1 > bool 0.`,
  },
  OBS3104: {
    severity: 'error',
    title: 'regular expression that RE2 refuses',
    explanation: `Matchers with =~ and !~ are regular expressions of RE2, which has no lookahead, no lookbehind, no backreferences and no possessive repetition, so that no pattern can take exponential time. Prometheus refuses the rule file where it meets one.

Prometheus matches the whole value, as if the pattern stood between ^ and $. What is to be left out goes into a matcher of its own:

  {route=~"(?!/health).*"}      refused
  {route!~"/health.*"}          right`,
  },
  OBS3105: {
    severity: 'error',
    title: 'experimental PromQL',
    explanation: `The query uses syntax that Prometheus reads only behind a feature flag (anchored, smoothed, fill, arithmetic with durations, trimming operators). A server without the flag refuses the whole rule file, and other dialects do not know it at all. Write the query without it; a duration that was computed can be written out:

  rate(x[5m * 2])     experimental
  rate(x[10m])        right`,
  },
  OBS3106: {
    severity: 'error',
    title: 'unknown variable in PromQL',
    explanation: `Outside a string a variable can only stand for a duration or a number, and only these are known: $window in the query of an SLI, and Grafana's $__rate_interval, $__interval and $__range in the query of a panel.

A variable of a dashboard stands inside the string of a matcher:

  rate(requests_total{agent=~"$agent"}[$__rate_interval])`,
  },
  OBS3107: {
    severity: 'error',
    title: 'selector without a condition',
    explanation: `A selector without a name, all of whose matchers are met by a series that lacks the label, would read every series of the server. Prometheus refuses it.

  {job=~".*"}     refused: a series without job meets it
  {job=~".+"}     right`,
  },
  OBS3108: {
    severity: 'error',
    title: 'variable that nothing fills in here',
    explanation: `Variables are filled in by whoever runs the query. $__rate_interval, $__interval and $__range (and their kin in seconds and milliseconds) are Grafana's: only the query of a panel can use them, and Prometheus would refuse a rule with one. $window is filled in by obs-gen, once for every window of an objective, and stands only in the query form of an SLI.

Elsewhere write the duration itself; for a rate at least four times the scrape interval.

  alerts:
    Failing: { expr: 'rate(failures_total[5m]) > 1', severity: ticket, summary: Calls fail. }
  slis:
    raw: { query: 'sum(rate(failures_total[$window])) / sum(rate(calls_total[$window]))', unit: ratio }`,
  },
  OBS3110: {
    severity: 'error',
    title: 'unknown metric in PromQL',
    explanation: `The query reads a metric that this spec does not declare, so that the rule or panel would be empty for ever, without a word. A metric of this service belongs under metrics; one that other programs expose belongs under external, where its name and its labels can be checked from then on.

A histogram has no series of its own name: read its _bucket, _sum or _count.

  external:
    node_cpu_seconds_total: { type: counter, labels: [cpu, mode] }`,
  },
  OBS3111: {
    severity: 'error',
    title: 'unknown label in PromQL',
    explanation: `The query matches or groups by a label that the metric does not have. A matcher on an absent label compares with the empty string, so that the query matches nothing (or everything, where it is negated); a grouping by it puts all series into one group.

PromQL uses the name on the wire, which \`as\` may have changed:

  labels:
    tool_outcome: { as: outcome, values: [ok, error] }
  # in PromQL: {outcome="error"}

The finding can be suppressed, where the scrape adds the label.`,
  },
  OBS3112: {
    severity: 'warning',
    title: 'label that nothing in the spec puts on the metric',
    explanation: `The query names a label that neither the program nor Prometheus puts on the metric. Labels that the scrape adds (pod, namespace, cluster and others of that kind) are known and never reported; another one may come from relabelling that the spec knows nothing of. If it does not, the query matches nothing.

Correct the label, or accept the finding where the scrape adds the label:

  suppress:
    - { code: OBS3112, at: alerts.QueueGrowing, reason: the scrape adds the label shift }`,
  },
  OBS3113: {
    severity: 'error',
    title: 'selector expected',
    explanation: `Here a selector is asked for, the name of a metric with its matchers, because the rate, the window, the grouping and the guard against empty denominators are put around it, once for every window of an objective. An expression that has them already would get them twice.

  total: 'requests_total{route!="/health"}'                  right
  total: 'sum(rate(requests_total{route!="/health"}[5m]))'   not here

Where only an expression can say it, use the form query of an SLI, or expr of an alert.`,
  },
  OBS3114: {
    severity: 'error',
    title: 'label value that does not exist',
    explanation: `The query selects series by a value that is not among those of a closed label. The helpers let no other value in, so that the selector is empty for ever: an SLI without bad events, an alert that never fires, a blank panel.

Correct the value, or add it to the label where the program is to use it:

  labels:
    outcome: { description: How it ended., values: [completed, failed] }
  # in PromQL: {outcome="completed"}, not {outcome="complete"}

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3115: {
    severity: 'warning',
    title: 'excluded label value that does not exist',
    explanation: `The query leaves out series by a value that is not among those of a closed label: it leaves out nothing, and what was to be kept out is counted. Often the value was renamed, or never spelled that way.

Correct the value, or drop the matcher.`,
  },
});
