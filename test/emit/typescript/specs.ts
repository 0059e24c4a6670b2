/** A spec with one of everything that the helpers can say. */
export const richSpec = `
version: 1
service: { name: research-agent, namespace: agents, owner: agent-platform }
presets: [security]
budgets: { seriesPerInstance: 400000, seriesPerMetric: 40000 }
labels:
  agent: { description: Which agent ran., registered: true, cap: 25 }
  model: { description: 'Model that served the call, as configured.', registered: true, cap: 25 }
  tool: { description: Tool that the agent called., registered: true, cap: 60 }
  outcome: { description: How the run ended., values: [completed, failed, cancelled, timeout, max_steps, budget_exceeded, policy_denied, given_up] }
  tool_outcome: { description: How the tool call ended., as: outcome, values: [ok, tool_error, invalid_args, timeout, denied] }
  queue: { description: Work queue., cap: 20 }
  tool_outcome_class: { description: Class., values: [a_rather_long_value, another_long_value] }
  known_weekday: { description: Day., values: [monday, sunday] }
  error: { description: A label whose type would hide a global one., values: ['yes', "it's", 'say "no"', 'a\\b'] }
metrics:
  research_runs_total:
    { type: counter, help: 'Research runs finished, by how they ended.', labels: [agent, outcome], init: true }
  research_run_duration_seconds:
    { type: histogram, help: Time to the final answer., labels: [agent], buckets: [0.1, 0.4, 1.6, 6.4], exemplars: true }
  research_tool_calls_total: { type: counter, help: Tool calls., labels: [tool, tool_outcome] }
  research_tool_duration_seconds:
    { type: histogram, help: Time a tool call took., labels: [tool], buckets: { exponential: { start: 0.01, factor: 2, count: 20 } } }
  research_size_bytes: { type: histogram, help: Size of an answer., buckets: [100, 1000, 10000] }
  research_pages_total:
    type: counter
    help: Pages fetched.
    labels: [outcome]
    deprecated: { replacedBy: research_tool_calls_total, sunset: 2099-06-30, reason: 'Counted with the tools. */ See @deprecated.' }
    owner: crawl-team
  research_visits_total: { type: counter, help: Visits., renamedFrom: { name: research_calls_total, until: 2099-06-30 } }
  research_queue_depth:
    { type: gauge, help: Tasks waiting., labels: [queue], range: [0, 100000], expireAfter: 1h, renamedFrom: { name: research_number_of_tasks_that_wait_in_one_of_the_queues_of_the_service_all_together, until: 2099-06-30 } }
  research_index_built_timestamp_seconds: { type: gauge, help: When the index was last built. }
  research_errors_total: { type: counter, help: Errors., labels: [error, outcome, tool_outcome_class, agent, known_weekday] }
spans:
  research.run:
    kind: internal
    description: One research task, from acceptance to answer.
    attributes:
      agent: { label: agent }
      task.length: { type: int, description: Characters of the task. }
      task.text: { type: string, sensitivity: content }
    record: { count: research_runs_total, duration: research_run_duration_seconds }
    outcome: { label: outcome, ok: completed, error: failed }
  llm.chat:
    kind: client
    convention: gen_ai.chat
    attributes:
      model: { label: model, as: gen_ai.request.model }
      input.tokens: { type: int, as: gen_ai.usage.input_tokens }
  tool.call:
    kind: internal
    convention: gen_ai.execute_tool
    attributes:
      tool: { label: tool, as: gen_ai.tool.name }
      arguments: { type: json, sensitivity: content }
      sizes: { type: 'int[]' }
      password: { type: string, sensitivity: secret }
    record: { count: research_tool_calls_total, duration: research_tool_duration_seconds }
    outcome: { label: tool_outcome, ok: ok, error: tool_error }
  page.fetch:
    kind: client
    record: { count: research_pages_total }
    outcome: { label: outcome, ok: completed, error: failed }
  nothing.known: { kind: producer }
logs:
  level: debug
  format: json
  redact: { keys: [x_internal_ticket], patterns: ['tick-[0-9]{6,12}', "it's \\\\d"] }
  events:
    run.accepted: { level: info, category: agent, message: research task accepted, fields: { agent: string, task_length: int, detail: json, from: boolean } }
    service.stopped: { level: warn, message: service stopped }
traces:
  sampling: { head: 0.5, environments: { production: 0.25, staging: 1 } }
errors: { sentry: { dsnEnv: SENTRY_DSN, sampleRate: 0.5, tracesSampleRate: 0.1, environment: "it's production, as far as anyone can tell from here" } }
security:
  events:
    auth.failed: { severity: medium, description: A log-in was refused., fields: { source_ip: ip, principal: string, detail: json }, alert: { above: 20, per: 5m, by: source_ip } }
    run.accepted: { severity: low, fields: { a_field_with_a_long_name: string, another_field_with_a_long_name: int, a_third_one: boolean } }
    root.used: { severity: critical, alert: { above: 0, per: 1h30m } }
  reputation: { lists: [blocklist.txt, "lists/it's another one.txt"] }
  audit: { file: audit/trail.jsonl, keyEnv: AUDIT_KEY, keyFile: /run/secrets/audit, rotateBytes: 1000000, sync: always }
`;

/** Names that languages and their objects have a use for already. */
const dangerousNames = [
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'default',
  'prototype',
  'name',
  'length',
  'call',
  'apply',
  'arguments',
  'class',
  'function',
  'new',
  'delete',
  'await',
  'async',
  'type',
  'interface',
  'string',
  'number',
  'any',
  'undefined',
  'metrics',
  'labels',
  'counter',
  'gauge',
  'promise',
  'object',
  'error',
  'map',
  'array',
  'record',
  'active_span',
  'redaction',
  'tracing',
  'logger',
  'label',
];

/** A spec whose labels, metrics, spans, attributes, log events and fields all have such names. */
export const hostileNamesSpec = `
version: 1
service: { name: constructor, owner: team }
presets: [security]
budgets: { seriesPerInstance: 400000, seriesPerMetric: 40000 }
labels:
${dangerousNames.map((name) => `  ${name}: { description: '${name}', values: [${name}, 'other', '*/', '\${x}'] }`).join('\n')}
metrics:
${dangerousNames.map((name) => `  ${name}_total: { type: counter, help: '${name}.', labels: [${name}] }`).join('\n')}
${dangerousNames.map((name) => `  ${name}: { type: gauge, help: '${name}.' }`).join('\n')}
spans:
${dangerousNames
  .map(
    (name) =>
      `  ${name}: { kind: internal, attributes: { ${name}: { label: ${name} }, x.${name}: { type: int } }, record: { count: ${name}_total } }`,
  )
  .join('\n')}
logs:
  events:
${dangerousNames.map((name) => `    ${name}: { message: '${name}', fields: { ${name}: string } }`).join('\n')}
errors: {}
security:
  events:
${dangerousNames.map((name) => `    ${name}: { severity: low, fields: { ${name}: ip }, alert: { above: 1, per: 5m, by: ${name} } }`).join('\n')}
`;

/** A service that reads GPUs, from one source whose settings are all said and from one that finds out by itself. */
export const gpuSpec = `version: 1
service: { name: trainer, runbooks: https://runbooks.example.com }
presets: [gpu]
gpu:
  collectors:
    nvidia: { source: dcgm, url: 'http://dcgm:9400/metrics', interval: 1m, timeout: 1500ms, metrics: [power, xid] }
    amd: {}
`;
