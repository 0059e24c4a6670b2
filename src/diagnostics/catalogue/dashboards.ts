import { entries } from './entry.js';

/** OBS35xx: dashboards. */
export const dashboardEntries = entries({
  OBS3501: {
    severity: 'error',
    title: 'panel shows nothing',
    explanation: `A panel needs something to draw: a \`metric\`, a \`query\` or several \`queries\`, an \`slo\`, a \`text\`, or the expression of the alert in \`thresholdsFrom\`. This one has none of them.

  - { title: Runs, metric: runs_total, show: rate }`,
  },
  OBS3502: {
    severity: 'error',
    title: 'panel with two sources',
    explanation: `A panel draws one thing. With both a \`metric\` and a \`query\` one of the two would be left out without a word.

Keep one, or make two panels; several lines in one panel are \`queries\`.

  queries: { in: sum(rate(tokens_in_total[5m])), out: sum(rate(tokens_out_total[5m])) }`,
  },
  OBS3503: {
    severity: 'error',
    title: 'view that does not fit the metric',
    explanation: `\`rate\` and \`increase\` are of counters and of the counts of histograms: a gauge goes up and down, and its rate is noise. Quantiles (\`p50\`, \`p95\`) need the buckets of a histogram. The last value of a counter is the time since the process started more than anything else.

Use what the metric's type has:
  counter: rate, increase
  gauge: value, sum, avg, min, max
  histogram: rate, increase, avg, p50, p90, p95, p99`,
  },
  OBS3504: {
    severity: 'error',
    title: 'grouping by a label that the metric lacks',
    explanation: `\`by\` draws a line for each value of a label. The metric does not have this label, so that all series would be one line with an empty name.

Group by one of the metric's labels, or add the label to the metric. The finding can be suppressed, where the scrape adds the label.`,
  },
  OBS3505: {
    severity: 'warning',
    title: 'variable that narrows nothing',
    explanation: `A variable narrows every panel whose metrics have its label. None of this dashboard's panels reads such a metric: the drop-down would be there, and choosing from it would change nothing.

Remove the variable, or show a metric that has the label.`,
  },
  OBS3506: {
    severity: 'error',
    title: 'panel type that cannot show its source',
    explanation: `A panel of logs needs a \`query\` in LogQL, one of traces a \`query\` in TraceQL, a text panel a \`text\`, and a heatmap a histogram (or queries of your own). With anything else Grafana shows an empty frame.

  - { title: Slow runs, type: traces, query: '{ name = "research.run" && duration > 30s }' }
  - { title: Run time, type: heatmap, metric: run_duration_seconds }`,
  },
  OBS3507: {
    severity: 'warning',
    title: 'key without effect in a panel',
    explanation: `\`show\` and \`by\` say what is drawn of a \`metric\`; beside a query, an objective or a text they do nothing, since the query says it all.

Remove the key, or name a \`metric\` instead of the query.`,
  },
});
