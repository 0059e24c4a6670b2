/**
 * The small project that the commands of the documents are run in, and that the pictures of terminals are taken of: a service with an agent,
 * its spec, and what else the documents name. Text by path; nothing of it is written here.
 */

const spec = `version: 1
service: { name: checkout, owner: payments }

labels:
  outcome: { description: How the run ended., values: [completed, failed] }

metrics:
  runs_total: { type: counter, help: 'Agent runs, by how they ended.', labels: [outcome] }
  tool_calls_total: { type: counter, help: Tool calls. }

spans:
  agent.run:
    description: One run of the agent.
    kind: internal
    attributes:
      task.length: { type: int, description: Characters of the task. }
    record: { count: runs_total }
    outcome: { label: outcome, ok: completed, error: failed }

slis:
  success: { events: { total: runs_total, good: 'runs_total{outcome="completed"}' } }

slos:
  success: { sli: success, objective: 99.5, period: 30d }

dashboards:
  overview:
    title: Checkout
    description: Runs and tool calls.
    rows:
      - title: Tools
        panels:
          - { title: Tool calls, description: Calls a second., metric: tool_calls_total, show: rate }

instrument:
  include: ['src/**/*.ts']
  rules:
    - match: { class: '*Agent', method: run }
      span: agent.run
      attributes: { task.length: args.0.length }
    - match: { function: callTool, exported: true }
      count: { metric: tool_calls_total }
`;

const before = `version: 1
service: { name: checkout, owner: payments }

labels:
  outcome: { description: How the run ended., values: [completed, failed] }

metrics:
  runs_total: { type: counter, help: 'Agent runs, by how they ended.', labels: [outcome] }

slis:
  success: { events: { total: runs_total, good: 'runs_total{outcome="completed"}' } }

slos:
  success: { sli: success, objective: 99.5, period: 30d }
`;

const after = before
  .replace(
    '\n\nmetrics:',
    '\n  agent: { description: Agent that ran., values: [planner, writer] }\n\nmetrics:',
  )
  .replace('labels: [outcome]', 'labels: [outcome, agent]')
  .replace('99.5', '99');

const agent = `import { search } from './search.js';

export class CheckoutAgent {
  async run(task: string): Promise<string> {
    const found = await callTool(task);
    return found ?? 'nothing found';
  }
}

export async function callTool(query: string): Promise<string | undefined> {
  return search(query);
}
`;

const search = `export async function search(query: string): Promise<string | undefined> {
  return query === '' ? undefined : query;
}
`;

const tsconfig = {
  compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: true },
  include: ['src'],
};

/** A service beside others in one repository. */
const service = (name) => `version: 1
service: { name: ${name}, owner: payments, selector: { job: ${name} } }

metrics:
  ${name.replaceAll('-', '_')}_jobs_total: { type: counter, help: Jobs done. }

alerts:
  ${name === 'billing' ? 'Billing' : 'Invoices'}StandStill:
    expr: rate(${name}_jobs_total[10m]) == 0
    for: 30m
    severity: ticket
    summary: No job was done for half an hour.
`;

const objectives = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-success
spec:
  service: checkout
  indicator:
    metadata: { name: success }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'runs_total{outcome="completed"}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: runs_total } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.995 }]
`;

const rules = `groups:
  - name: checkout
    rules:
      - alert: RunsFail
        expr: rate(runs_total{outcome="failed"}[5m]) > 0.1
        for: 10m
        labels: { severity: ticket }
        annotations: { summary: Runs fail. }
`;

/** A page of metrics as the service exposes it. */
export const page = `# HELP runs_total Agent runs, by how they ended.
# TYPE runs_total counter
runs_total{outcome="completed"} 41
runs_total{outcome="failed"} 2
# HELP tool_calls_total Tool calls.
# TYPE tool_calls_total counter
tool_calls_total 97
`;

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

const resourceSpans = [
  {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
    scopeSpans: [
      {
        scope: { name: 'checkout' },
        spans: [
          {
            traceId,
            spanId: '00f067aa0ba902b7',
            name: 'agent.run',
            kind: 1,
            startTimeUnixNano: '1767225600000000000',
            endTimeUnixNano: '1767225603000000000',
            attributes: [{ key: 'task.length', value: { intValue: '12' } }],
            status: {},
          },
        ],
      },
    ],
  },
];

/** Sends what a run of the service would send by OTLP, where the environment says. */
const send = `const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
const body = ${JSON.stringify(JSON.stringify({ resourceSpans }))};
const headers = { 'content-type': 'application/json' };
const response = await fetch(\`\${endpoint}/v1/traces\`, { method: 'POST', headers, body });
if (!response.ok) throw new Error(await response.text());
`;

const nvidiaSmi = `<?xml version="1.0" ?>
<nvidia_smi_log><driver_version>590.48.01</driver_version><attached_gpus>1</attached_gpus><gpu id="00000000:01:00.0"><product_name>NVIDIA L4</product_name><minor_number>0</minor_number><uuid>GPU-1</uuid><temperature><gpu_temp>41 C</gpu_temp></temperature></gpu></nvidia_smi_log>
`;

const board = {
  title: 'Checkout',
  uid: 'checkout',
  schemaVersion: 42,
  panels: [
    {
      id: 1,
      type: 'timeseries',
      title: 'Tool calls',
      gridPos: { x: 0, y: 0, w: 12, h: 8 },
      targets: [{ refId: 'A', expr: 'sum(rate(tool_calls_total[5m]))' }],
    },
  ],
};

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The files of the project. */
export const projectFiles = {
  'package.json': json({
    name: 'checkout',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { test: 'node app.js' },
  }),
  '.gitignore': 'node_modules\n.obs-gen.tmp\n',
  'tsconfig.json': json(tsconfig),
  'observability.yaml': spec,
  'old.yaml': before,
  'new.yaml': after,
  'src/agent.ts': agent,
  'src/search.ts': search,
  'src/agents/planner.ts': agent
    .replace('CheckoutAgent', 'PlannerAgent')
    .replace('./search', '../search')
    .replace('callTool(query', 'ask(query')
    .replace('callTool(task', 'ask(task'),
  'app.js': send,
  'services/a/observability.yaml': service('billing'),
  'services/b/observability.yaml': service('invoices'),
  'a/observability.yaml': service('billing'),
  'b/observability.yaml': service('invoices'),
  'rules/checkout.yaml': rules,
  'objectives.yaml': objectives,
  'web.json': json(board),
  'grafana/web.json': json(board),
  'nvidia-smi.xml': nvidiaSmi,
  'trace.json': json({ resourceSpans }),
  'traces.json': json({ resourceSpans }),
  'telemetry.jsonl': `${JSON.stringify({ resourceSpans })}\n`,
};
