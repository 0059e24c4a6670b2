import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';
import type { ArrivedSpan } from '../sdk/otlp-decode.js';
import { startHttpReceiver, type Receiver } from '../sdk/receiver.js';
import { pace } from '../support/pace.js';
import { AgentProcess, auditFolder, compileExample, type LogLine } from './agent-process.js';
import { scrape, streamTask, until, viewTask, type TaskView } from './client.js';
import { parseExposition, rowsOf } from './exposition.js';
import { RecordingModel } from './recording-model.js';
import { treeOf } from './span-tree.js';

beforeAll(() => {
  compileExample('request');
});

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';
const correlationId = 'order-4711';
const token = 'the-token-of-this-test';
const task = 'Brief me: how do heat pumps move heat?';

/** What a client of another service sends with its task. */
const headers = {
  authorization: `Bearer ${token}`,
  accept: 'text/event-stream',
  traceparent: `00-${traceId}-${callerSpan}-01`,
  'x-request-id': correlationId,
  baggage: 'tenant=acme,internal.note=not-for-others',
};

function post(address: string, extra: Readonly<Record<string, string>>): Promise<Response> {
  const body = JSON.stringify({ task });
  return fetch(`${address}/tasks`, { method: 'POST', headers: { ...headers, ...extra }, body });
}

describe('one request through every signal', () => {
  const auditFile = join(auditFolder, 'request.jsonl');
  let receiver: Receiver;
  let model: RecordingModel;
  let service: AgentProcess;
  let response: Response;
  let events: string;
  let view: TaskView;
  let openMetrics: string;
  let plain: string;
  let pages: Readonly<Record<string, string>>;
  let spans: readonly ArrivedSpan[];
  let lines: readonly LogLine[];

  beforeAll(async () => {
    receiver = await startHttpReceiver();
    model = await RecordingModel.start('127.0.0.1');
    service = await AgentProcess.start({
      ...model.environment,
      AGENT_API_TOKEN: token,
      OBSGEN_AUDIT_FILE: auditFile,
      OBSGEN_LOG_OUTPUTS: 'stdout,otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_LOGS_EXPORTER: 'otlp',
    });
    response = await post(service.address, {});
    events = await response.text();
    view = await viewTask(service.address, response.headers.get('x-task-id') ?? '', {
      authorization: headers.authorization,
    });
    await post(service.address, {
      authorization: 'Bearer a-guess',
      'x-request-id': 'somebody-else',
      traceparent: '',
    });
    openMetrics = await until(
      async () => (await scrape(service.address, 'application/openmetrics-text;version=1.0.0')).body,
      (text) => text.includes('status_class="4xx"'),
    );
    plain = (await scrape(service.address, 'text/plain')).body;
    pages = Object.fromEntries(
      await Promise.all(
        ['/debug/trace', '/stats', '/health', '/health/detailed', '/observability/metrics'].map(
          async (path) => [path, await (await fetch(`${service.address}${path}`)).text()] as const,
        ),
      ),
    );
    expect(await service.stop()).toBe(0);
    spans = receiver.spans.filter((span) => span.traceId === traceId);
    lines = service.log.filter((line) => line['correlation_id'] === correlationId);
  });

  afterAll(async () => {
    await service.stop();
    await model.stop();
    await receiver.stop();
  });

  it('is answered', () => {
    expect(response.status).toBe(200);
    expect(events).toContain('"outcome":"completed"');
    expect(events).toContain('The result is 42.');
    expect(events).toContain('[removed]');
  });

  it('is one trace below the caller: queue, runs, steps, model calls, tools, a child process and a sub-agent', () => {
    const call = ['agent.model_call'];
    expect(treeOf(spans, callerSpan)).toEqual([
      [
        'http.server.request',
        [
          'process tasks',
          [
            'agent.run researcher',
            ['research.step 1', call, ['agent.tool_call search', ['research.search']]],
            [
              'research.step 2',
              call,
              [
                'agent.tool_call ask_analyst',
                [
                  'agent.run analyst',
                  ['research.step 1', call, ['agent.tool_call calculator', ['research.calculate']]],
                  ['research.step 2', call],
                ],
              ],
              ['agent.tool_call fetch_document'],
            ],
            ['research.step 3', call],
          ],
        ],
      ],
    ]);
  });

  it('goes on in another process', () => {
    const pidOf = (name: string): unknown =>
      spans.find((span) => span.name === name)?.resource['process.pid'];
    expect(pidOf('research.calculate')).toEqual(expect.any(Number));
    expect(pidOf('research.calculate')).not.toBe(pidOf('agent.tool_call'));
  });

  it('gives its id back, and has it on every log line, with the trace and the tenant', () => {
    expect(response.headers.get('x-correlation-id')).toBe(correlationId);
    expect(lines.map((line) => line.event)).toEqual(['task.accepted', 'prompt.injection', 'run.finished']);
    for (const line of lines) {
      expect(line).toMatchObject({ trace_id: traceId, tenant: 'acme' });
      expect(spans.map((span) => span.spanId)).toContain(line['span_id']);
    }
    const others = service.log.filter((line) => line['correlation_id'] !== correlationId);
    expect(others.map((line) => line.event)).toEqual(['service.started', 'auth.failed', 'service.stopped']);
    expect(service.written()).not.toContain('not-for-others');
  });

  it('has the same lines as records of OTLP', () => {
    const records = receiver.records.filter((record) => record.traceId === traceId);
    expect(records.map((record) => record.eventName)).toEqual(lines.map((line) => line.event));
    for (const record of records) expect(record.attributes['correlation_id']).toBe(correlationId);
  });

  it('hands trace, id and the tenant on to the model server, which is allowed to know them', () => {
    const asked = model.requests.filter((request) => request.path === '/v1/chat/completions');
    const calls = spans.filter((span) => span.name === 'agent.model_call');
    expect(asked).toHaveLength(5);
    for (const { headers: sent } of asked) {
      expect(sent).toMatchObject({ 'x-correlation-id': correlationId, baggage: 'tenant=acme' });
      const [, trace, parent] = String(sent['traceparent']).split('-');
      expect(trace).toBe(traceId);
      expect(calls.map((span) => span.spanId)).toContain(parent);
    }
    expect(new Set(asked.map((request) => request.headers['traceparent'])).size).toBe(asked.length);
  });

  it.each([
    'http_server_request_duration_seconds',
    'gen_ai_invoke_agent_duration_seconds',
    'gen_ai_client_operation_duration_seconds',
    'gen_ai_client_operation_time_to_first_chunk_seconds',
    'gen_ai_execute_tool_duration_seconds',
    'agent_sandbox_exec_duration_seconds',
  ])('is the exemplar of %s', (name) => {
    const exemplars = openMetrics
      .split('\n')
      .filter((row) => row.startsWith(`${name}_bucket`) && row.includes(' # {'));
    expect(exemplars.some((row) => row.includes(`trace_id="${traceId}"`))).toBe(true);
  });

  it('is counted in every part', () => {
    const page = parseExposition(plain);
    const rows = (name: string): Readonly<Record<string, number>> => rowsOf(page, name);
    expect(rows('agent_runs_total')).toEqual({
      'agent=analyst,outcome=completed': 1,
      'agent=researcher,outcome=completed': 1,
    });
    expect(rows('agent_subagents_total')).toEqual({ 'child=analyst,parent=researcher': 1 });
    expect(rows('agent_model_calls_total')).toEqual({ 'model=sage-large,outcome=ok': 5 });
    expect(rows('agent_sandbox_exec_duration_seconds_count')).toEqual({ 'outcome=ok,runtime=node': 1 });
    expect(rows('agent_queue_tasks_total')).toEqual({ 'outcome=done,queue=tasks': 1 });
    expect(rows('agent_policy_decisions_total')).toEqual({
      'decision=allow,policy=document-access,stage=tool': 1,
      'decision=modify,policy=document-instructions,stage=output': 1,
    });
    expect(rows('security_events_total')).toEqual({
      'event=prompt.injection,severity=high': 1,
      'event=auth.failed,severity=medium': 1,
    });
    expect(rows('obsgen_dropped_total')).toEqual({});
    expect(rows('obsgen_signals_lost_total')).toEqual({});
  });

  it('costs the same wherever it is told', () => {
    const counted = Object.values(rowsOf(parseExposition(plain), 'agent_cost_usd_total'));
    expect(view.costUsd).toBeGreaterThan(0);
    expect(counted.reduce((sum, value) => sum + value, 0)).toBeCloseTo(view.costUsd, 12);
    const runs = spans.filter((span) => span.name === 'agent.run');
    expect(runs.reduce((sum, span) => sum + Number(span.attributes['agent.cost']), 0)).toBeCloseTo(
      view.costUsd,
      12,
    );
    const calls = spans.filter((span) => span.name === 'agent.model_call');
    const tokens = (of: readonly ArrivedSpan[], name: string): number =>
      of.reduce((sum, span) => sum + Number(span.attributes[name]), 0);
    expect(tokens(calls, 'gen_ai.usage.input_tokens')).toBeGreaterThan(0);
    expect(tokens(runs, 'agent.usage.input_tokens')).toBe(tokens(calls, 'gen_ai.usage.input_tokens'));
    expect(lines.at(-1)?.['cost_usd']).toBeCloseTo(view.costUsd, 12);
  });

  it('can be looked at in the running service', () => {
    expect(pages['/debug/trace']).toContain(traceId);
    expect(JSON.parse(pages['/health'] ?? '')).toMatchObject({ status: 'up' });
    expect(JSON.parse(pages['/health/detailed'] ?? '')).toMatchObject({
      status: 'up',
      components: [
        { name: 'model-api', status: 'up' },
        { name: 'calculator', status: 'up' },
      ],
    });
    expect(JSON.parse(pages['/stats'] ?? '')).toMatchObject({
      lost: [],
      tracing: { state: 'started' },
      components: { cost: { currency: 'USD' }, errors: { sentry: 'no dsn' } },
    });
    expect(pages['/observability/metrics']).toContain('agent_runs_total');
  });

  it('stands in the audit trail, which nobody has changed', async () => {
    const text = readFileSync(auditFile, 'utf8');
    expect(text).toContain('"prompt.injection"');
    expect(text).toContain('"auth.failed"');
    const injected = text.split('\n').find((line) => line.includes('"prompt.injection"')) ?? '{}';
    expect(JSON.parse(injected)).toMatchObject({
      fields: { trace_id: traceId, correlation_id: correlationId },
    });
    expect(text).toContain('"127.0.0.1"');
    const proof = await runCli(['doctor', '--audit', auditFile]);
    expect(`${proof.stdout}${proof.stderr}`).toContain('records 1 to 3 of chain');
    expect(proof.code).toBe(0);

    const forged = join(auditFolder, 'forged.jsonl');
    writeFileSync(forged, text.replace('"127.0.0.1"', '"127.0.0.9"'));
    const refusal = await runCli(['doctor', '--audit', forged]);
    expect(`${refusal.stdout}${refusal.stderr}`).toContain(forged);
    expect(refusal.code).not.toBe(0);
  });
});

describe('a model server that is a third party', () => {
  it('learns neither the id nor the trace nor the tenant', async () => {
    const stranger = await RecordingModel.start('127.0.0.2');
    const service = await AgentProcess.start({ ...stranger.environment, AGENT_API_TOKEN: token });
    try {
      const response = await post(service.address, {});
      expect(await response.text()).toContain('"outcome":"completed"');
    } finally {
      await service.stop();
      await stranger.stop();
    }
    expect(stranger.requests).toHaveLength(5);
    for (const request of stranger.requests) {
      expect(request.headers).not.toHaveProperty('traceparent');
      expect(request.headers).not.toHaveProperty('tracestate');
      expect(request.headers).not.toHaveProperty('baggage');
      expect(JSON.stringify(request.headers)).not.toContain(correlationId);
      expect(JSON.stringify(request.headers)).not.toContain(traceId);
    }
  });
});

describe('a collector that refuses', () => {
  it('keeps nobody waiting: not the request, not the child process, not the end', async () => {
    const refused = await startHttpReceiver();
    await refused.stop();
    const service = await AgentProcess.start({
      // Exporters of their own would try again for 10 s.
      AGENT_TOOL_TIMEOUT_MS: String(Math.round(6000 * pace())),
      OTEL_EXPORTER_OTLP_ENDPOINT: refused.url,
    });
    const ended = await streamTask(service.address, { task: 'Compute: 6 * 7', agent: 'analyst' });
    expect(ended.answer).toBe('The result is 42.');
    expect(await service.stop()).toBe(0);
  });
});
