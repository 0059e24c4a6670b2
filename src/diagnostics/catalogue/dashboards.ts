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
  OBS3508: {
    severity: 'warning',
    title: 'rate over a fixed time in a panel',
    explanation: `A rate over five minutes leaves out most samples when a day is shown, and has no value where the scrape interval is longer. \`$__rate_interval\` is what Grafana makes of the step of the graph and the scrape interval: never less than four scrapes.

  sum(rate(runs_total[5m]))                     spikes come and go with the zoom
  sum(rate(runs_total[$__rate_interval]))       right

The window of an increase is what the number is of, and is left alone: \`increase(cost_usd_total[24h])\`.`,
  },
  OBS3509: {
    severity: 'error',
    title: 'query in LogQL or TraceQL that cannot be read',
    explanation: `The query of a panel of logs is LogQL, that of a panel of traces is TraceQL. This one breaks the grammar of its language: the store refuses it, and the panel shows an error.

  - { title: Failures, type: logs, query: '{service_name="shop"} | json | level="error"' }
  - { title: Slow runs, type: traces, query: '{ name = "run" && duration > 10s }' }`,
  },
  OBS3510: {
    severity: 'warning',
    title: 'fixed range in a query of logs',
    explanation: `Counts over a fixed range skip or repeat lines when the graph's step is another. \`$__auto\` is what Grafana makes of the step.

  sum(count_over_time({app="shop"}[$__auto]))`,
  },
  OBS3511: {
    severity: 'warning',
    title: 'panel unit that disagrees with the metric',
    explanation: `The name of the metric ends in its unit, and the panel says another one: Grafana would show seconds as bytes, or 0.95 as 0.95%. Without a unit obs-gen takes it from the metric and from what is shown of it.`,
  },
  OBS3512: {
    severity: 'warning',
    title: 'unit that Grafana does not have',
    explanation: `Grafana shows a number plainly where it does not know the unit. It has \`s\`, \`bytes\`, \`percentunit\` (0 to 1), \`percent\` (0 to 100), \`cps\`, \`currencyUSD\` and some hundred more. A unit of your own is written out: \`suffix: tok/s\`, \`prefix:#\`.`,
  },
  OBS3513: {
    severity: 'warning',
    title: 'threshold of something else',
    explanation: `\`thresholdsFrom\` draws the line at which an alert fires. This alert watches another metric than the panel shows, or the same one in another unit: a share of 0.05 on an axis of requests per second. The line would be drawn where it means nothing.

With \`thresholdsFrom\` alone the panel shows just what the alert compares.

  - { title: Error rate, thresholdsFrom: HighErrorRate }`,
  },
  OBS3514: {
    severity: 'error',
    title: 'variable that the dashboard does not have',
    explanation: `Grafana leaves a variable that it does not know as it is written: the query asks for a label with the value \`$queue\`, finds nothing, and the panel is empty. A dashboard has \`job\`, \`instance\`, and the labels that it lists under \`variables\`, called by their keys (a dot becomes \`_\`).

  variables: [queue]
  ...
  query: 'max(queue_depth{queue=~"$queue"})'`,
  },
  OBS3515: {
    severity: 'warning',
    title: 'two dashboards with one title',
    explanation: `In Grafana dashboards are found by their titles, and a folder shows both under one name. Say in the title what tells them apart.`,
  },
  OBS3516: {
    severity: 'info',
    title: 'refresh faster than the scrape',
    explanation: `Between two scrapes there is nothing new to show. Each refresh runs all queries of the page again, for everybody who looks at it. Nothing is lost with the scrape interval of \`target.prometheus\`.`,
  },
  OBS3517: {
    severity: 'warning',
    title: 'two panels of a row with one title',
    explanation: `Links, alerts and people name a panel by its title. Two panels side by side with one title cannot be told apart when they are talked about; often one of them is a copy that was not finished.`,
  },
  OBS3518: {
    severity: 'warning',
    title: 'legend of a label that is gone',
    explanation: `\`{{label}}\` in the name of a query is filled in from the labels of its result. An aggregation keeps those that it names with \`by\` and drops all others: the legend is empty, and all lines look alike.

  queries: { 'runs {{agent}}': 'sum by (agent) (rate(runs_total[$__rate_interval]))' }`,
  },
  OBS3519: {
    severity: 'warning',
    title: 'panel with any number of lines',
    explanation: `The query keeps a label that has no list of values. There may be as many lines as its cap allows: nobody tells them apart, and the browser draws them all. Show the largest, or group by another label.

  topk(10, sum by (tenant) (rate(calls_total[$__rate_interval])))`,
  },
  OBS3520: {
    severity: 'warning',
    title: 'dashboard that falls short of the checklist',
    explanation: `obs-gen looks at the dashboards of the spec as Grafana would get them, with the rules of \`obs-gen dashboards\`. One of them found something; its name stands behind the message. \`obs-gen dashboards\` shows all lines of the checklist, also for dashboards that other tools have made.

What is meant as it is can be accepted:

  suppress:
    - { code: OBS3520, at: dashboards.overview.rows.0.panels.2, reason: asked once a day }`,
  },
});
