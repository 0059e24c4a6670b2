/**
 * A spec of a given number of metrics as a large service has them: shared labels, every kind of metric, a span for some, and alerts, objectives and panels in
 * proportion. The same text for the same number.
 * @param count how many metrics; a multiple of 100
 */
export function specOf(count) {
  const groups = Array.from({ length: count / 10 }, (_, index) => groupOf(index));
  const every = (step) => groups.filter((group) => group.index % step === 0);
  return `version: 1
service: { name: load, namespace: bench, owner: bench-team, runbooks: https://runbooks.example.com/load }
target:
  prometheus: { scrapeInterval: 15s, evaluationInterval: 30s, retention: 30d }
budgets: { seriesPerInstance: 10000000, seriesPerMetric: 100000 }
labels:
  route: { description: Route of the request., cap: 50 }
  model: { description: Model that served the call., registered: true, cap: 20 }
  tool: { description: Tool that was called., registered: true, cap: 20 }
  outcome: { description: How it ended., values: [ok, error, timeout, cancelled] }
  queue: { description: Queue that the work came from., cap: 10 }
metrics:
${groups.map((group) => group.metrics).join('')}spans:
${every(2)
  .map((group) => group.span)
  .join('')}slis:
${every(10)
  .map((group) => group.sli)
  .join('')}slos:
${every(10)
  .map((group) => group.slo)
  .join('')}alerts:
${every(2)
  .map((group) => group.alert)
  .join('')}dashboards:
${dashboardsOf(groups)}`;
}

/** Ten metrics of one part of the service, and what is built on them. */
function groupOf(index) {
  const name = `part${String(index).padStart(4, '0')}`;
  const alerts = [
    `expr: max by (queue) (${name}_queue_depth) > ${100 + index}`,
    `ratio: { part: '${name}_requests_total{outcome="error"}', whole: ${name}_requests_total, by: [route], over: 10m, above: 0.05, minEvents: 20 }`,
    `absent: { metric: ${name}_up }`,
    `expr: 'histogram_quantile(0.95, sum by (le, route) (rate(${name}_request_duration_seconds_bucket[5m]))) > 2'`,
    `forecast: { metric: ${name}_queue_depth, by: [queue], horizon: 4h, above: 5000 }`,
  ];
  return {
    index,
    name,
    metrics: `  ${name}_requests_total: { type: counter, help: Requests to part ${index}., labels: [route, outcome] }
  ${name}_request_duration_seconds: { type: histogram, help: Time of a request to part ${index}., labels: [route], buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] }
  ${name}_tool_calls_total: { type: counter, help: Tool calls in part ${index}., labels: [tool, outcome] }
  ${name}_tool_duration_seconds: { type: histogram, help: Time of a tool call in part ${index}., labels: [tool], buckets: { exponential: { start: 0.01, factor: 2, count: 10 } } }
  ${name}_model_calls_total: { type: counter, help: Model calls in part ${index}., labels: [model, outcome] }
  ${name}_tokens_total: { type: counter, help: Tokens that part ${index} used., labels: [model] }
  ${name}_queue_depth: { type: gauge, help: Tasks that wait for part ${index}., labels: [queue], range: [0, 100000] }
  ${name}_in_flight: { type: gauge, help: Requests that part ${index} works on. }
  ${name}_up: { type: gauge, help: 1 while part ${index} answers its health check., range: [0, 1] }
  ${name}_payload_bytes: { type: histogram, help: Size of a request to part ${index}., labels: [route], buckets: [256, 1024, 4096, 16384, 65536] }
`,
    span: `  ${name}.request:
    kind: server
    description: One request to part ${index}.
    attributes:
      route: { label: route }
      size: { type: int, description: Bytes of the request. }
    record: { count: ${name}_requests_total, duration: ${name}_request_duration_seconds }
    outcome: { label: outcome, ok: ok, error: error }
`,
    sli: `  ${name}_ok: { description: Requests to part ${index} that succeed., events: { total: ${name}_requests_total, good: '${name}_requests_total{outcome="ok"}' } }
`,
    slo: `  ${name}: { sli: ${name}_ok, objective: 99.5, period: 28d }
`,
    alert: `  ${pascalCase(name)}:
    ${alerts[(index / 2) % alerts.length]}
    for: 10m
    severity: ticket
    summary: 'Part ${index} needs somebody to look at it.'
`,
    panel: panelOf(name, index),
  };
}

function panelOf(name, index) {
  const panels = [
    `{ title: Requests ${index}, type: timeseries, metric: ${name}_requests_total, show: rate, by: [outcome] }`,
    `{ title: Latency ${index}, type: timeseries, metric: ${name}_request_duration_seconds, show: [p50, p95, p99], by: [route] }`,
    `{ title: Waiting ${index}, type: stat, query: 'max(${name}_queue_depth)' }`,
    `{ title: Size ${index}, type: heatmap, metric: ${name}_payload_bytes }`,
    `{ title: Tokens ${index}, type: table, query: 'sum by (model) (rate(${name}_tokens_total[$__rate_interval]))' }`,
  ];
  return panels[index % panels.length];
}

/** Twenty-five panels a dashboard, five a row. */
function dashboardsOf(groups) {
  const lines = [];
  groups.forEach((group, position) => {
    const dashboard = Math.floor(position / 25);
    if (position % 25 === 0)
      lines.push(
        `  load-${dashboard}:`,
        `    title: Load ${dashboard}`,
        '    variables: [route]',
        '    rows:',
      );
    if (position % 5 === 0) lines.push(`      - title: Parts from ${group.index}`, '        panels:');
    lines.push(`          - ${group.panel}`);
  });
  return `${lines.join('\n')}\n`;
}

function pascalCase(name) {
  return `${name[0].toUpperCase()}${name.slice(1)}Unwell`;
}
