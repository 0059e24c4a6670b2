import { entries } from './entry.js';

/** OBS30xx: references, names, units, buckets, spans, deprecation and suppressions. */
export const meaningEntries = entries({
  OBS3001: {
    severity: 'error',
    title: 'unknown label',
    explanation: `Metrics, attributes, \`by\` and \`variables\` name labels by their key under \`labels\`. A name that is not there has no values and no cap, so neither code nor queries can be made for it.

Write the key as it is declared, or declare the label. The labels of a preset carry the preset's name: \`agent.model\`.

  labels:
    tool: { description: Tool that was called., registered: true, cap: 60 }
  metrics:
    calls_total: { type: counter, help: Calls., labels: [tool] }`,
  },
  OBS3002: {
    severity: 'error',
    title: 'unknown metric',
    explanation: `Something names a metric that is declared neither under \`metrics\` nor by a preset that is switched on. What is made of it would read a series that never exists.

Correct the name, declare the metric, or add the preset that owns it to \`presets\`. A histogram is named without \`_bucket\`, \`_sum\` and \`_count\` here; those names belong into PromQL.

  slis:
    fast: { latency: { histogram: request_duration_seconds, threshold: 1s } }`,
  },
  OBS3003: {
    severity: 'error',
    title: 'unknown span',
    explanation: `\`children\` of a span and \`span\` of an instrumentation rule name spans of the section \`spans\`. A name that is not there has no helper that could be called.

Correct the name or declare the span.

  spans:
    tool.call: { kind: internal }`,
  },
  OBS3004: {
    severity: 'error',
    title: 'unknown SLI',
    explanation: `An SLO is a goal for one SLI, which it names by its key under \`slis\`. Without it there is nothing to measure.

Correct the name or declare the SLI.

  slos:
    availability: { sli: availability, objective: 99.9, period: 30d }`,
  },
  OBS3005: {
    severity: 'error',
    title: 'unknown SLO',
    explanation: `A panel with \`slo\` shows the budget and burn rate of an objective from the section \`slos\`. A name that is not there leaves the panel blank for good.

Correct the name or declare the SLO.

  panels: [{ slo: availability }]`,
  },
  OBS3006: {
    severity: 'error',
    title: 'unknown alert',
    explanation: `\`thresholdsFrom\` draws the limit of an alert from the section \`alerts\` into a panel, so that the line on the screen and the one that wakes people are the same. The alert that it names does not exist. Nor does one that \`inhibits\` names, as a symptom of another alert.

Correct the name or declare the alert. Alerts that are made from SLOs have no single limit and cannot be named by \`thresholdsFrom\`; \`inhibits\` knows them.

  - { title: Waiting, type: stat, query: max(queue_depth), thresholdsFrom: QueueGrowing }`,
  },
  OBS3007: {
    severity: 'error',
    title: 'unknown attribute or field',
    explanation: `An instrumentation rule fills attributes of the span that it opens, and the alert of a security event counts by one of the event's fields. The name here is not among them, so the value would have nowhere to go.

Correct the name, or add the attribute to the span, or the field to the event.

  security:
    events:
      auth.failed: { severity: medium, fields: { source_ip: ip }, alert: { above: 20, per: 5m, by: source_ip } }`,
  },
  OBS3008: {
    severity: 'error',
    title: 'metric of the wrong type',
    explanation: `What is asked for cannot be computed from a metric of this type: a share of events needs a counter or a histogram, a latency a histogram, a state or a forecast a gauge. With another type the query would be valid and its result meaningless, or always empty.

Name a metric of the right type, or use another form.

  record: { count: calls_total, duration: call_duration_seconds }      # a counter, a histogram`,
  },
  OBS3009: {
    severity: 'error',
    title: 'unknown GenAI convention',
    explanation: `\`convention\` names one of OpenTelemetry's GenAI span conventions; it decides which attributes are added (gen_ai.operation.name and those that go with it). Tools that read traces know no other names.

Use one of gen_ai.chat, gen_ai.text_completion, gen_ai.generate_content, gen_ai.embeddings, gen_ai.create_agent, gen_ai.invoke_agent, gen_ai.invoke_workflow, gen_ai.execute_tool, or leave the key out.

  llm.chat: { kind: client, convention: gen_ai.chat }`,
  },
  OBS3010: {
    severity: 'error',
    title: 'counter without _total',
    explanation: `The name of a counter ends in \`_total\`. On an OpenMetrics page, which exemplars need, the ending is added where it is missing, so that every query with the name of the spec would find nothing.

Rename the metric and the queries that read it.

  requests_total: { type: counter, help: Requests. }

The finding can be suppressed, where the name is not yours to choose.`,
  },
  OBS3011: {
    severity: 'warning',
    title: '_total on a metric that is no counter',
    explanation: `\`_total\` tells everybody, people and tools, that a metric only ever rises and that \`rate()\` may be used. On a gauge or a histogram it leads to queries that look right and are wrong.

Rename the metric, or make it a counter.

  queue_depth: { type: gauge, help: Tasks waiting. }`,
  },
  OBS3012: {
    severity: 'error',
    title: 'two metrics with one series name',
    explanation: `A histogram \`x\` exposes \`x_bucket\`, \`x_sum\` and \`x_count\`. Another metric of one of those names would put two meanings under one name on the scraped page; Prometheus rejects the page or mixes the samples.

Rename one of the two.`,
  },
  OBS3013: {
    severity: 'warning',
    title: 'reserved suffix',
    explanation: `\`_bucket\`, \`_sum\`, \`_count\`, \`_created\` and \`_info\` say what kind of series it is: parts of a histogram, a creation time, a set of labels with the value 1. A metric of another kind with such a name is misread by people, by Grafana's query builder and by this compiler's checks.

Choose another ending: \`queue_depth\` rather than \`queue_count\`.`,
  },
  OBS3014: {
    severity: 'warning',
    title: 'unit that is no base unit',
    explanation: `Prometheus keeps all times in seconds, sizes in bytes and shares as ratios from 0 to 1, so that any two metrics can be compared and Grafana can scale them. A metric in milliseconds or percent sooner or later meets a threshold that was meant in seconds or shares.

Rename the metric to its base unit, and change the code that records it.

  request_duration_seconds      instead of      request_duration_ms
  cache_hit_ratio               instead of      cache_hit_percent`,
  },
  OBS3015: {
    severity: 'error',
    title: 'two names with one identifier',
    explanation: `The helpers have the names of the spec in camelCase. Two names that differ only in case or in their separators (\`llm.chat\`, \`llm_chat\`) become one identifier, and the generated code would not compile.

Rename one of them.`,
  },
  OBS3016: {
    severity: 'error',
    title: 'reserved label name',
    explanation: `Some label names have a meaning of their own. Names that begin with two underscores are Prometheus' internal ones and are dropped; \`le\` and \`quantile\` are the bounds of histograms and summaries; \`job\` and \`instance\` are set by the scrape, which renames a metric's own label of that name to \`exported_job\`, so that queries read the target's.

Give the label another name on the wire.

  labels:
    job: { description: Kind of batch job., as: job_kind, values: [nightly, hourly] }`,
  },
  OBS3017: {
    severity: 'error',
    title: 'two labels with one name on the wire',
    explanation: `Two labels of a metric have the same name in PromQL and in the helpers' arguments, because of \`as\` or because a preset's label stands beside one of your own. One of them would overwrite the other.

Take one of them out of the metric, or give it another name with \`as\`.`,
  },
  OBS3018: {
    severity: 'info',
    title: 'label that nothing uses',
    explanation: `No metric and no span has this label. It costs nothing, but who reads the spec will look for the place where it matters.

Remove it, or use it. It is often the leftover of a rename.`,
  },
  OBS3020: {
    severity: 'error',
    title: 'buckets out of order',
    explanation: `The upper bounds of a histogram rise from one to the next; a client library refuses any other order, and two equal bounds are two series with the same name.

Sort the bounds and keep each once.

  buckets: [0.1, 0.5, 1, 5]`,
  },
  OBS3021: {
    severity: 'warning',
    title: 'bucket that stays empty',
    explanation: `Times, sizes, token counts and shares are never negative, so that a bucket with a negative bound (or 0, for times) never counts anything. Its series are stored and paid for all the same.

Remove the bound.`,
  },
  OBS3022: {
    severity: 'warning',
    title: 'buckets that do not fit the unit',
    explanation: `The name of the metric says seconds, but the bounds look like milliseconds: every observation would fall into the first bucket, and each quantile would be its bound.

Write the bounds in seconds, or take a preset.

  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  buckets: { preset: seconds }`,
  },
  OBS3023: {
    severity: 'error',
    title: 'key that the metric type does not have',
    explanation: `Only histograms have buckets, only counters and histograms carry exemplars, and only gauges say how the values of several processes become one. On another type the key would be ignored without a word, while its author believes in it.

Remove the key, or change the type.`,
  },
  OBS3024: {
    severity: 'error',
    title: 'histogram without buckets',
    explanation: `The bounds decide which questions a histogram can answer. Where the name ends in seconds, bytes, tokens or ratio there is a preset for it; for other names nothing sensible can be assumed.

Write the bounds, or name a preset: seconds, genai-duration, agent-duration, workflow-duration, tokens, bytes, ratio, count.

  agent_run_steps: { type: histogram, help: Steps of a run., buckets: { preset: count } }`,
  },
  OBS3025: {
    severity: 'error',
    title: 'range the wrong way round',
    explanation: `\`range\` is the smallest and the largest value that a metric can have, in this order. With the smallest above the largest no value is possible at all, and every threshold would be refused.

  range: [0, 1]

The finding can be suppressed: the metric can still be compiled.`,
  },
  OBS3030: {
    severity: 'error',
    title: 'metric that is not in seconds',
    explanation: `The duration of a span is recorded in seconds, a latency threshold is compared in seconds, and the freshness of a time stamp is computed from seconds since 1970. A metric whose name says another unit would be off by its factor.

Name a metric that ends in \`_seconds\`.

  record: { duration: tool_duration_seconds }`,
  },
  OBS3031: {
    severity: 'error',
    title: 'label that the span cannot supply',
    explanation: `When the span ends, its helper records the metrics under \`record\`. The values of their labels come from the span: from attributes with \`label\`, and from \`outcome\`. The metric has a label that neither of them gives, so there is no value to record it with.

Add an attribute for the label to the span, let \`outcome\` name it, or record a metric without it.

  attributes: { tool: { label: tool } }
  outcome: { label: tool_outcome, ok: ok, error: tool_error }`,
  },
  OBS3032: {
    severity: 'error',
    title: 'spans that record one metric with different labels',
    explanation: `Several spans record into one metric, but not all of them supply the same labels. Series of one metric with different label sets cannot be compared or added, and the helper of the span that lacks a label has no value for it.

Give all of these spans the label, or let the odd one record a metric of its own.`,
  },
  OBS3033: {
    severity: 'error',
    title: 'outcome label that is not closed',
    explanation: `The outcome tells how an operation ended, and the helper offers its values as a union of literals: \`span.outcome('timeout')\`. For that the label needs \`values\`; a cap admits whatever comes first.

  labels:
    outcome: { description: How the run ended., values: [completed, failed, timeout] }`,
  },
  OBS3034: {
    severity: 'error',
    title: 'outcome that is no value of its label',
    explanation: `\`ok\` and \`error\` are recorded where the function returned or threw, and have to be values of the outcome label. Any other value is refused by the metric, so that the runs would be missing from every count.

Use one of the label's values, or add the value to the label.`,
  },
  OBS3035: {
    severity: 'warning',
    title: 'outcome that is not counted',
    explanation: `The span has an outcome, but the metric that counts it lacks the outcome label: successes and failures are added up, and no error rate can be computed from it.

Add the label to the metric under \`record.count\`, or remove \`outcome\`.`,
  },
  OBS3036: {
    severity: 'error',
    title: 'two attributes with one exported name',
    explanation: `Two attributes of a span are exported under the same name (\`as\`, or their key), or under one that its GenAI convention fixes. The one set later overwrites the other, and the trace shows only one of the two.

Give one of them another name.`,
  },
  OBS3037: {
    severity: 'error',
    title: 'sensitive attribute as a label',
    explanation: `\`sensitivity\` keeps an attribute out of the exported traces unless the operator opts in. A label is on the scraped page, in every rule and dashboard, and is never left out: the value would be published by the back door.

Take the label away from the attribute, or the sensitivity if the value is harmless.`,
  },
  OBS3038: {
    severity: 'error',
    title: 'pattern of redaction that cannot be used',
    explanation: `\`logs.redact.patterns\` are regular expressions that the program runs over each text which it logs. A pattern that cannot be read finds nothing, so that the runtime would have to hide every text; one that repeats what repeats inside it, such as (a+)+, lets one line keep the program busy for hours.

Patterns are written as RE2 reads them: no lookahead, no lookbehind, no backreferences.

  redact: { patterns: ['tick-[0-9]{6,12}'] }`,
  },
  OBS3040: {
    severity: 'warning',
    title: 'deprecated without an end',
    explanation: `A metric that is deprecated without a day stays for ever: nobody who uses it knows when they have to have moved.

Name the day from which it may be gone, and what to use instead.

  deprecated: { replacedBy: tool_calls_total, sunset: 2027-06-30 }`,
  },
  OBS3041: {
    severity: 'warning',
    title: 'sunset has passed',
    explanation: `The day from which this metric may be gone has come. It still costs series and still tempts people to build on it.

Remove the metric, or move its sunset and tell those who read it. The build goes on, so that an unrelated change is never held up.`,
  },
  OBS3042: {
    severity: 'warning',
    title: 'metric past its sunset is still used',
    explanation: `The spec itself still reads or records a metric whose sunset has passed. Whoever removes the metric breaks what is named here.

Move these places to the replacement first.`,
  },
  OBS3043: {
    severity: 'warning',
    title: 'day that does not exist',
    explanation: `The date has the right form, but the calendar has no such day, as 2027-02-30. It is probably a slip, and what was meant cannot be told.`,
  },
  OBS3050: {
    severity: 'warning',
    title: 'suppression that suppresses nothing',
    explanation: `The finding that this entry accepts no longer occurs. Left in place, it would hide the next one at the same spot, which nobody has looked at.

Remove the entry.`,
  },
  OBS3051: {
    severity: 'warning',
    title: 'suppression has expired',
    explanation: `The day in \`until\` has come: the finding is reported again.

Mend what it says, or accept it anew with a later day and a reason that still holds.

  suppress:
    - { code: OBS3014, at: metrics.poll_ms, reason: read by the old dashboard, until: 2027-03-31 }`,
  },
  OBS3052: {
    severity: 'warning',
    title: 'finding that cannot be suppressed',
    explanation: `Warnings about the spec can be accepted, and those errors that leave something behind that can still be compiled, such as an exceeded budget; \`obs-gen explain\` says so for each of them. A reference that leads nowhere or a query that cannot be read leaves nothing to compile; accepting it would change nothing. A finding of \`obs-gen live-check\` can be accepted where it is about an entry of the spec (OBS6012 to OBS6054); what the spec does not know has no place in it. Credentials are never accepted, and neither are findings about suppressions.

Remove the entry and mend the finding.`,
  },
  OBS3053: {
    severity: 'warning',
    title: 'suppression that names nothing',
    explanation: `\`code\` is no code of this version, or \`at\` is no place in the spec. \`at\` names an entry, or a key in it, by its path: the section, the name, the keys, with dots between.

  suppress:
    - { code: OBS3014, at: metrics.poll_ms, reason: read by the old dashboard }
    - { code: OBS3505, at: dashboards.overview.variables, reason: kept for links }`,
  },
  OBS3060: {
    severity: 'warning',
    title: 'named file is not there',
    explanation: `The spec names a file that the service reads when it starts: the prices of models, or a list of addresses. Without it the service knows no prices to compute its cost from, or no addresses to be wary of, and nobody notices before it runs.

Such a path is relative to the folder that the service runs in, which the build cannot know; it looks beside the spec that names the file, where it is usually kept. Add the file or correct the path, and leave it to the deployment with an absolute path, which is not looked for.

  cost: { currency: USD, prices: prices.json }

Where the file is made later, accept the finding:

  suppress:
    - { code: OBS3060, at: cost.prices, reason: the image build writes it }`,
  },
});
