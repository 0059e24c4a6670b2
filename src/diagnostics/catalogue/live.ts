import { entries } from './entry.js';

/** OBS60xx: a running service, held against its spec by `obs-gen live-check`. */
export const liveEntries = entries({
  OBS6001: {
    severity: 'error',
    title: 'nothing was seen',
    explanation: `A target was asked and had no sample, or a listener was there and nothing came. A check that looked at nothing proves nothing, so it fails.

  obs-gen live-check http://127.0.0.1:9464/metrics --wait 30s
  obs-gen live-check --listen 127.0.0.1:4318 -- node app.js      # the program is given OTEL_EXPORTER_OTLP_ENDPOINT

Is it the right address? Has the service recorded anything yet? A program that pushes has to flush before it ends: \`await telemetry.shutdown()\`.`,
  },
  OBS6002: {
    severity: 'error',
    title: 'less was seen than asked for',
    explanation: `\`--min-coverage\` says which share of the declared metrics, spans and log events has to be seen. What was never seen was not checked either, and may not exist in the service at all: dashboards and alerts on it stay silent.

  obs-gen live-check http://127.0.0.1:9464/metrics --min-coverage 0.9     7 of 10 metrics were seen
  obs-gen live-check http://127.0.0.1:9464/metrics --min-coverage 0.9 --samples 5 --interval 15s

Exercise the service more before it is looked at, look for longer, or take out of the spec what is never recorded. Deprecated metrics do not count.`,
  },
  OBS6003: {
    severity: 'error',
    title: 'telemetry that cannot be read',
    explanation: `A line of the page is no sample and no comment of the format, or a request is no OTLP. Prometheus refuses a page as a whole for one such line, so nothing of that service is stored then.

  tool_calls_total{tool="say "hi""} 1       refused: the quotes inside are not escaped
  tool_calls_total{tool="say \\"hi\\""} 1     right

A label value with a quote, a backslash or a line end in it has to be escaped; OpenMetrics ends with \`# EOF\`.`,
  },
  OBS6004: {
    severity: 'warning',
    title: 'telemetry of another service',
    explanation: `OTLP carries the name of the service in the resource, as service.name, and it is not the one of the spec. Everything was held against this spec all the same.

  OTEL_SERVICE_NAME=checkout-dev node app.js     the spec is that of checkout
  OTEL_SERVICE_NAME=checkout node app.js         right

Set OTEL_SERVICE_NAME, or let \`telemetry.start()\` set it from the spec; send no other service to this listener.`,
  },
  OBS6005: {
    severity: 'warning',
    title: 'not all of it was looked at',
    explanation: `The memory of the check is bounded, so that no target can exhaust it: by the number of series whose counts are remembered, and by the number of findings. What came beyond was counted, and not judged.

  obs-gen live-check http://a:9464/metrics http://b:9464/metrics     two pages of a million series
  obs-gen live-check http://a:9464/metrics                           one

Look at one target at a time, or mend what is listed first.`,
  },
  OBS6006: {
    severity: 'error',
    title: 'the command failed',
    explanation: `The command after \`--\` ended with an exit code other than 0, or by a signal. What it sent until then was checked, and is not all that it would have sent.

  obs-gen live-check --listen 127.0.0.1:4318 -- npm test`,
  },
  OBS6011: {
    severity: 'error',
    title: 'metric that is not declared',
    explanation: `The service exposes a metric that the spec does not know: nobody documented it, bounded its labels or counted what it costs.

  cache_misses_total 3                                                      on the page, and nowhere in the spec

  metrics:
    cache_misses_total: { type: counter, help: Look-ups that had to ask. }

Declare it under \`metrics\`, or under \`external\` where a library makes it. \`--allow 'name_*'\` accepts it for one run. What the runtime of obs-gen, prom-client's default metrics and exporters of OpenTelemetry add is known. Names of OTLP are translated as Prometheus does it: \`http.server.duration\` with unit \`s\` is \`http_server_duration_seconds\`.`,
  },
  OBS6012: {
    severity: 'error',
    title: 'metric of another type',
    explanation: `The type on the page, or of the instrument in OTLP, is not the declared one. Rules are made for the declared type: \`rate()\` of a gauge and a quantile of a counter are numbers without meaning.

  # TYPE runs_total gauge                        on the page
  runs_total: { type: counter, help: Runs. }     in the spec

In OTLP a sum that is not monotonic is a gauge in Prometheus; a counter's name ends in \`_total\`. A metric without a TYPE line is not reported, since nothing is known of it.`,
  },
  OBS6013: {
    severity: 'error',
    title: 'metric in another unit',
    explanation: `The unit that the source names is not the one at the end of the declared name, or a metric of the same name but for the unit is exposed in place of the declared one. Thresholds and buckets are in the declared unit, so a value in milliseconds is a thousand times too large for all of them.

  run.duration, unit "ms"          becomes run_duration_milliseconds; declared is run_duration_seconds`,
  },
  OBS6014: {
    severity: 'error',
    title: 'other buckets than declared',
    explanation: `The bounds of the histogram's buckets are not those of the spec. An objective counts what is at most its threshold, which has to be one of the bounds: where the bucket does not exist, its rules have no data. A histogram whose bounds are chosen by the client library is often one that the service does not make through the generated helpers.

  run_duration_seconds_bucket{le="0.3"} 4                                                     on the page
  run_duration_seconds: { type: histogram, help: Time a run took., buckets: [0.1, 0.5, 1] }     in the spec

Give the service the declared bounds (in the SDK of OpenTelemetry by a view or by \`advice\`), or the spec those of the service.`,
  },
  OBS6015: {
    severity: 'info',
    title: 'another help text than declared',
    explanation: `The HELP of the page, or the description in OTLP, is not the \`help\` of the spec. Nothing is computed from it, but people read it in both places. White space and a full stop at the end do not count.

  # HELP runs_total Runs that began.                            on the page
  runs_total: { type: counter, help: Runs that ended. }         in the spec`,
  },
  OBS6016: {
    severity: 'info',
    title: 'deprecated metric is still exposed',
    explanation: `The spec says that the metric is deprecated, and the service still has it, as it should until its sunset: whoever reads it must have time to move on. The note is there so that nobody begins to read it now.

  jobs_total: { type: counter, help: Jobs., deprecated: { replacedBy: runs_total, sunset: 2027-06-30 } }`,
  },
  OBS6017: {
    severity: 'warning',
    title: 'metric exposed past its sunset',
    explanation: `The date after \`sunset\` has come, and the service still exposes the metric. Either it was forgotten, or somebody still needs it.

  runs_total: { type: counter, help: Runs., deprecated: { replacedBy: agent_runs_total, sunset: 2027-06-30 } }

Take it out of the service and of the spec, or move the date.`,
  },
  OBS6018: {
    severity: 'info',
    title: 'declared metrics that were never seen',
    explanation: `The spec declares metrics that had no sample while the service was looked at. That may be because nothing happened that they count, or because no code records them. A counter with \`init: true\` is there from the start.

  runs_total: { type: counter, help: Runs., labels: [outcome], init: true }     there from the start

\`--min-coverage 0.9\` makes it a finding where too many are missing, see OBS6002.`,
  },
  OBS6019: {
    severity: 'info',
    title: 'declared spans or events that were never seen',
    explanation: `The spec declares spans or log events that were not among those that came by OTLP. Sampling keeps traces away as well: look at a service that samples all of them.

  OTEL_TRACES_SAMPLER=always_on obs-gen live-check --listen 127.0.0.1:4318 -- npm test

\`--min-coverage 0.9\` makes it a finding where too many are missing, see OBS6002.`,
  },
  OBS6021: {
    severity: 'error',
    title: 'label that is not declared',
    explanation: `A series has a label that its metric does not declare. It multiplies the series by the number of its values, which nothing bounds, and sums without \`by\` in rules hide it.

  runs_total{outcome="completed",user="u-381"} 1                     on the page
  runs_total: { type: counter, help: Runs., labels: [outcome] }      in the spec

Leave it out, or declare it with its values or a cap. A label that the client library or a proxy puts on every metric is reported once; \`--ignore-label NAME\` accepts it.`,
  },
  OBS6022: {
    severity: 'error',
    title: 'series without a declared label',
    explanation: `A series lacks a label that its metric declares: prom-client makes such a series where labels are left out. Queries that select or group by the label count it apart from all others, or not at all.

  runs_total 1                              counts apart from all others
  runs_total{outcome="completed"} 1         right

The generated helpers do not compile without all labels.`,
  },
  OBS6023: {
    severity: 'error',
    title: 'value that is not declared',
    explanation: `The spec lists the values of a label, or a convention fixes that of an attribute, and another one was recorded. Rules select by the listed ones: a run that ends as \`ok\` is not among \`{outcome="completed"}\`.

  runs_total{outcome="ok"} 1                                                     on the page
  outcome: { description: How the run ended., values: [completed, failed] }      in the spec

Record a declared value, or add it to \`values\`.`,
  },
  OBS6024: {
    severity: 'error',
    title: 'more values than the cap',
    explanation: `A label has more distinct values than its cap: the service does not record it through the generated helpers, which let further values share \`__other__\`. Series grow without a bound, and with them memory and cost.

  tool: { description: Tool that was called., cap: 20 }     57 tools were seen
  metrics.toolCallsTotal.inc({ tool })                      keeps the cap: the others share __other__

Record it by the helpers. The help says which cap would hold what was seen; ids, addresses and free text belong on a span or a log line.`,
  },
  OBS6025: {
    severity: 'warning',
    title: 'cap that is reached',
    explanation: `A label is at its cap. Values beyond it share \`__other__\`, which \`obsgen_label_overflow_total\` counts: they can no longer be told apart.

  tool: { description: Tool that was called., cap: 20 }     20 tools were seen
  tool: { description: Tool that was called., cap: 30 }     leaves room

Are those values worth telling apart? Then raise \`cap\`; the help says to what. If not, nothing is lost, and a lower cap would do.`,
  },
  OBS6026: {
    severity: 'info',
    title: 'values that were not registered',
    explanation: `A label with \`registered: true\` admits the names that the program registers at its start; all others share \`__other__\`. There is room below the cap, so what was recorded under \`__other__\` was not registered: a tool that a model made up, or one that the service has and forgot to name.

  labels.tool.register(['search', 'fetch']);

The raw value is on the span, where it costs no series.`,
  },
  OBS6031: {
    severity: 'error',
    title: 'value that cannot be',
    explanation: `A value lies outside of the metric's \`range\`, or a counter is negative. Ratios from 0 to 1 that come as percent, and seconds that come as milliseconds, are found that way.

  cache_hit_ratio 93                                                     on the page
  cache_hit_ratio: { type: gauge, help: Hits of all., range: [0, 1] }    in the spec: 0.93 is meant

Mend the code that records it. Where the value is right, widen \`range\`: alerts that wait for what cannot be are refused by it.`,
  },
  OBS6032: {
    severity: 'error',
    title: 'counter that went down',
    explanation: `Between two looks at the same process, a count became smaller. \`rate()\` and \`increase()\` take that for a restart and add the whole new value, so that events are counted that never were.

  runs_total 120     at the first look
  runs_total 118     15 s later, in the same process

A counter is only ever added to. Behind a load balancer each look may reach another process: name one instance. A restart is told by process_start_time_seconds, or by the start time in OTLP, and is no finding.`,
  },
  OBS6033: {
    severity: 'error',
    title: 'histogram that does not add up',
    explanation: `Buckets of a histogram count everything up to their bound: each is at least as large as the one below, the last is \`+Inf\`, and that is also the count. Quantiles of one that is otherwise are wrong.

  run_duration_seconds_bucket{le="1"} 5
  run_duration_seconds_bucket{le="5"} 3        less than up to 1
  run_duration_seconds_bucket{le="+Inf"} 5
  run_duration_seconds_count 5

That happens where values of several processes are joined carelessly, or a page is written by hand.`,
  },
  OBS6034: {
    severity: 'error',
    title: 'series that stands twice',
    explanation: `The same name with the same labels has two values on one page. Prometheus keeps one of them and counts a warning; which one is not defined.

  runs_total{outcome="completed"} 4
  runs_total{outcome="completed"} 7     the same series once more

Two registries were joined, or a default label overwrites one that told the series apart.`,
  },
  OBS6041: {
    severity: 'warning',
    title: 'span that is not declared',
    explanation: `The service's own tracer made a span that the spec does not know. Spans of other tracers, those of libraries, are not reported.

  tracer.startSpan(\`run \${id}\`)          as many names as runs
  spans.agentRun({ 'run.id': id }, …)     one name, declared under spans

Declare it under \`spans\`, and its helper opens it. A name with an id in it makes as many names as there are ids: put the id into an attribute.`,
  },
  OBS6042: {
    severity: 'error',
    title: 'span of another kind',
    explanation: `The kind of a span says who called whom: server, client, producer, consumer, internal. Trace stores draw the map of services by it, and count requests by it.

  tracer.startSpan('http.server.request')                                        kind internal
  tracer.startSpan('http.server.request', { kind: SpanKind.SERVER })             as declared

Open it with the declared kind, or change \`kind\` in the spec.`,
  },
  OBS6043: {
    severity: 'warning',
    title: 'attribute that is not declared',
    explanation: `A span of the spec carries an attribute that the spec does not declare. Nobody has said whether it holds contents or personal data, which declared attributes let out only where the operator wants them.

  span.setAttribute('user.question', question)                                       nobody declared it

  attributes:
    user.question: { type: string, sensitivity: content, description: What was asked. }

Declare it under \`attributes\`. What the SDK and conventions of HTTP, networks and errors add is known.`,
  },
  OBS6044: {
    severity: 'error',
    title: 'attribute of another type',
    explanation: `An attribute of a span is not of the declared type: a number that came as text, a single value where a list is declared. Trace stores compare by type, so \`{ span.tokens > 100 }\` finds nothing where tokens are texts.

  span.setAttribute('output.tokens', '182')     a text
  span.setAttribute('output.tokens', 182)       as declared: type int`,
  },
  OBS6045: {
    severity: 'error',
    title: 'secret on a span',
    explanation: `An attribute with \`sensitivity: secret\` came with a value. The helpers never export one, so it was set by other means. It is in the trace store now, and in whatever is copied from there.

  span.setAttribute('api.key', process.env.API_KEY)     takes it past the helpers
  spans.agentRun({ 'api.key': key }, …)                 never exports it

Take it off the span, and change the secret.`,
  },
  OBS6051: {
    severity: 'warning',
    title: 'log event that is not declared',
    explanation: `A log record names an event that the spec does not know. Declare it under \`logs.events\`, and its helper logs it with typed fields, or accept it with \`--allow\`. Free text without an event's name is not reported.

  logger.emit({ eventName: 'run.acepted' })     misspelt, or not declared
  logs.runAccepted({ agent: 'planner' })        compiles only where it is declared`,
  },
  OBS6052: {
    severity: 'error',
    title: 'field of another type',
    explanation: `A field of a log event is not of the declared type: searches that compare numbers find nothing where they are texts. Fields that were redacted are texts, and are not reported.

  { "event": "run.accepted", "task_length": "7" }     a text
  { "event": "run.accepted", "task_length": 7 }       as declared: type int`,
  },
  OBS6053: {
    severity: 'warning',
    title: 'field that is not declared',
    explanation: `A log event carries a field that the spec does not declare for it. What the runtime adds (category, correlation id, the declared baggage, exceptions) is known.

  { "event": "run.accepted", "task_length": 7, "plan": "b" }     plan is not declared

  run.accepted: { message: run accepted, fields: { task_length: int, plan: string } }

Declare it under \`fields\`, with its type.`,
  },
  OBS6054: {
    severity: 'warning',
    title: 'log event of another level',
    explanation: `A log event came with another level than the spec declares for it. Searches and alerts select by the level, and the operator's LOG_LEVEL decides by it what is logged at all.

  logger.emit({ eventName: 'run.failed', severityText: 'INFO' })     declared with level error
  logs.runFailed({ agent: 'planner' })                               has the declared level

Log it by its helper, which has the level.`,
  },
});
