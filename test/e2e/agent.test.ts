import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.js';
import { LiveCheck } from '../../src/inspect/live-check/live-check.js';
import { OtlpRequests } from '../../src/inspect/live-check/otlp/requests.js';
import { Pages } from '../../src/inspect/live-check/pages.js';
import { packageRoot } from '../../src/package-root.js';
import { testToday } from '../support/model.js';
import { missingProgram } from '../support/program.js';
import { AgentProcess, compileExample, runExample } from './agent-process.js';
import { postTask, scrape, streamTask, until, viewTask, type EndedTask, type Scrape } from './client.js';
import { parseExposition, rowsOf, valueOf, type Family } from './exposition.js';
import { TraceReceiver } from './trace-receiver.js';

beforeAll(() => {
  compileExample('agent');
});

/** What is sent, and how it has to end. The scripted model answers the same task the same way each time. */
const tasks: readonly (readonly [body: { task: string; agent?: string; model?: string }, outcome: string])[] =
  [
    [{ task: 'Compute: 6 * 7', agent: 'analyst' }, 'completed'],
    [{ task: 'Compute: 1 + 1', agent: 'analyst', model: 'sage-small' }, 'completed'],
    [{ task: 'How does a heat pump move heat?', model: 'gpt-9-turbo-ultra' }, 'completed'],
    [{ task: 'In a hurry: what is herd immunity?' }, 'completed'],
    [{ task: 'During the outage: what is a burn rate?' }, 'completed'],
    [{ task: 'Patiently: is the night train better?' }, 'completed'],
    [{ task: 'Over a bad line: how long is a sleep cycle?' }, 'completed'],
    [{ task: 'Improperly: something that no provider answers' }, 'policy_denied'],
    [{ task: 'At great length: everything about vaccines' }, 'completed'],
    [{ task: 'Clumsily: six times seven' }, 'completed'],
    [{ task: 'Curiously: what did the board decide?' }, 'completed'],
    [{ task: 'Read the digest of this week' }, 'completed'],
    [{ task: 'Stubbornly: the meaning of everything' }, 'loop_detected'],
    [{ task: 'Exhaustively: all about wind power' }, 'max_steps'],
    [{ task: 'At any price: the price of gold' }, 'budget_exceeded'],
  ];

describe('the agent service', () => {
  let receiver: TraceReceiver;
  let service: AgentProcess;
  let ended: readonly EndedTask[];
  let cancelledId: string;
  let costUsd = 0;
  let text: string;
  let page: ReadonlyMap<string, Family>;
  let plain: Scrape;
  let open: Scrape;

  const rows = (name: string): Readonly<Record<string, number>> => rowsOf(page, name);
  const sum = (name: string): number => Object.values(rows(name)).reduce((total, value) => total + value, 0);

  beforeAll(async () => {
    receiver = await TraceReceiver.start();
    service = await AgentProcess.start({
      ...receiver.environment,
      AGENT_MODEL_TIMEOUT_MS: '3000',
    });
    ended = await Promise.all(tasks.map(([body]) => streamTask(service.address, body)));
    cancelledId = await cancelATask(service.address);
    for (const id of [...ended.map((task) => task.id), cancelledId]) {
      costUsd += (await viewTask(service.address, id)).costUsd;
    }
    await fetch(`${service.address}/nowhere/${'x'.repeat(50)}`);
    await fetch(`${service.address}/tasks`, { method: 'POST', body: 'no JSON' });
    await fetch(`${service.address}/tasks`, { method: 'PROPFIND' });
    // The last rows are written when the last response has ended.
    text = await until(
      async () => (await fetch(`${service.address}/metrics`)).text(),
      (each) =>
        (valueOf(parseExposition(each), 'agent_queue_workers', { queue: 'tasks', state: 'idle' }) ?? 0) === 4,
    );
    page = parseExposition(text);
    // At the same time, since both formats come from one registry.
    [plain, open] = await Promise.all([
      scrape(service.address, 'text/plain'),
      scrape(service.address, 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5'),
    ]);
    await service.stop();
  });

  afterAll(async () => {
    await service.stop();
    await receiver.stop();
  });

  it.each(tasks.map(([{ task }, outcome], at) => [task, outcome, at] as const))(
    'ends "%s" with %s',
    (_, outcome, at) => {
      expect(ended[at]?.outcome).toBe(outcome);
      expect(typeof ended[at]?.answer === 'string').toBe(outcome === 'completed');
    },
  );

  it('streams steps, tools and text, and retracts what a broken stream brought', () => {
    const computed = ended[0]?.events ?? [];
    const kinds = computed.map((event) => event.type);
    expect(kinds.filter((kind, at) => kind !== kinds[at - 1])).toEqual([
      'step',
      'tool',
      'step',
      'text',
      'end',
    ]);
    expect(computed.find((event) => event.type === 'tool')).toMatchObject({ tool: 'calculator', ok: true });

    const broken = ended[6]?.events ?? [];
    const retracted = broken.findIndex((event) => event.type === 'retract');
    expect(retracted).toBeGreaterThan(0);
    const streamed = broken.slice(retracted).map((event) => event.text ?? '');
    expect(streamed.join('')).toBe(ended[6]?.answer);
  });

  it('counts runs by outcome', () => {
    expect(rows('agent_runs_total')).toEqual({
      'agent=analyst,outcome=completed': 2,
      'agent=researcher,outcome=completed': 9,
      'agent=researcher,outcome=policy_denied': 1,
      'agent=researcher,outcome=loop_detected': 1,
      'agent=researcher,outcome=max_steps': 1,
      'agent=researcher,outcome=budget_exceeded': 1,
      'agent=researcher,outcome=cancelled': 1,
    });
    expect(rows('agent_active_runs')).toEqual({});
    // Steps: 2, 2; then 3, 3, 3, 1, 1, 1, 1, 5, 2, 2, 4, 8, 1 and 1 of the cancelled run.
    expect(rows('agent_run_steps_sum')).toEqual({ 'agent=analyst': 4, 'agent=researcher': 36 });
  });

  it('counts tool calls by tool and outcome; a tool that the model made up is __other__', () => {
    expect(rows('agent_tool_calls_total')).toEqual({
      'outcome=ok,tool=calculator': 3,
      'outcome=invalid_args,tool=calculator': 1,
      'outcome=tool_error,tool=calculator': 1,
      'outcome=invalid_args,tool=__other__': 1,
      'outcome=ok,tool=fetch_document': 4,
      'outcome=denied,tool=fetch_document': 1,
      'outcome=ok,tool=search': 15,
    });
    expect(rows('agent_repeated_calls_total')).toEqual({ 'agent=researcher,tool=search': 3 });
    expect(rows('research_searches_total')).toEqual({ 'result=hit': 11, 'result=empty': 4 });
    expect(rows('research_documents_fetched_total')).toEqual({
      'topic=energy': 1,
      'topic=health': 1,
      'topic=computing': 2,
    });
    expect(rows('security_events_total')).toEqual({ 'event=prompt.injection,severity=high': 1 });
  });

  it('counts model calls, retries and fallbacks', () => {
    expect(rows('agent_model_calls_total')).toEqual({
      'model=sage-large,outcome=ok': 31,
      'model=sage-large,outcome=rate_limit': 3,
      'model=sage-large,outcome=server_error': 10,
      'model=sage-large,outcome=timeout': 1,
      'model=sage-large,outcome=content_filter': 1,
      'model=sage-large,outcome=context_length': 1,
      'model=sage-large,outcome=cancelled': 1,
      'model=sage-small,outcome=ok': 7,
      'model=sage-small,outcome=content_filter': 1,
    });
    expect(rows('agent_model_retries_total')).toEqual({
      'model=sage-large,reason=rate_limit': 3,
      'model=sage-large,reason=server_error': 7,
    });
    expect(rows('agent_model_fallbacks_total')).toEqual({
      'from_model=sage-large,reason=server_error,to_model=sage-small': 3,
      'from_model=sage-large,reason=timeout,to_model=sage-small': 1,
      'from_model=sage-large,reason=content_filter,to_model=sage-small': 1,
      'from_model=sage-large,reason=context_length,to_model=sage-small': 1,
    });
    expect(rows('agent_stream_aborts_total')).toEqual({ 'aborted_by=server,model=sage-large': 1 });
  });

  it('counts the model that a client made up as __other__, and says that it did', () => {
    expect(rows('research_model_requests_total')).toEqual({ 'model=__other__': 1, 'model=sage-small': 1 });
    expect(rows('obsgen_label_overflow_total')).toEqual({
      'label=model,metric=research_model_requests_total': 1,
      'label=tool,metric=agent_tool_calls_total': 1,
      'label=tool,metric=gen_ai_execute_tool_duration_seconds': 1,
    });
    expect(text).not.toContain('gpt-9-turbo-ultra');
    expect(text).not.toContain('browse_the_web');
    expect(rows('obsgen_dropped_total')).toEqual({});
  });

  it('counts tokens and money once each', () => {
    const usage = rows('gen_ai_client_token_usage_sum');
    for (const model of ['sage-large', 'sage-small']) {
      const ofClass = (name: string): number =>
        Object.entries(rows('agent_tokens_total'))
          .filter(([row]) => row.includes(`model=${model}`) && row.endsWith(`token_class=${name}`))
          .reduce((total, [, value]) => total + value, 0);
      expect(ofClass('input') + ofClass('cache_read')).toBe(usage[`model=${model},token_type=input`]);
      expect(ofClass('output') + ofClass('reasoning')).toBe(usage[`model=${model},token_type=output`]);
    }
    expect(costUsd).toBeGreaterThan(0);
    expect(sum('agent_cost_usd_total')).toBeCloseTo(costUsd, 9);
    expect(rows('agent_unpriced_tokens_total')).toEqual({});
  });

  it.each([
    ['agent_runs_total', 'gen_ai_invoke_agent_duration_seconds_count'],
    ['agent_runs_total', 'agent_run_steps_count'],
    ['agent_runs_total', 'agent_queue_wait_seconds_count'],
    ['agent_queue_tasks_total', 'agent_queue_processing_seconds_count'],
    ['agent_model_calls_total', 'gen_ai_client_operation_duration_seconds_count'],
    ['agent_tool_calls_total', 'gen_ai_execute_tool_duration_seconds_count'],
    ['http_server_requests_total', 'http_server_request_duration_seconds_count'],
  ])('counts as many in %s as in %s', (counter, histogram) => {
    expect(sum(counter)).toBeGreaterThan(0);
    expect(sum(histogram)).toBe(sum(counter));
  });

  it('leaves the queue empty', () => {
    expect(valueOf(page, 'agent_queue_depth', { queue: 'tasks' })).toBe(0);
    expect(valueOf(page, 'agent_queue_oldest_age_seconds', { queue: 'tasks' })).toBe(0);
    expect(valueOf(page, 'agent_queue_capacity', { queue: 'tasks' })).toBe(200);
    expect(rows('agent_queue_tasks_total')).toEqual({
      'outcome=done,queue=tasks': 11,
      'outcome=failed,queue=tasks': 4,
      'outcome=cancelled,queue=tasks': 1,
    });
  });

  it('counts requests by route; paths and methods of strangers are none', () => {
    const views = tasks.length + 1;
    expect(rows('http_server_requests_total')).toMatchObject({
      'method=POST,route=/tasks,status_class=2xx': tasks.length + 1,
      'method=POST,route=/tasks,status_class=4xx': 1,
      'method=_OTHER,route=/tasks,status_class=4xx': 1,
      'method=GET,route=__other__,status_class=4xx': 1,
      'method=DELETE,route=/tasks/:id,status_class=2xx': 1,
      'method=GET,route=/tasks/:id/events,status_class=2xx': 1,
    });
    expect(
      rows('http_server_requests_total')['method=GET,route=/tasks/:id,status_class=2xx'],
    ).toBeGreaterThanOrEqual(views);
    expect(text).not.toContain('nowhere');
  });

  it('answers in the format that is asked for: in OpenMetrics, exemplars name the traces of runs', () => {
    expect(plain.type).toContain('text/plain');
    expect(plain.body).toContain('# TYPE agent_runs_total counter');
    expect(plain.body).not.toContain(' # {');
    expect(open.type).toContain('application/openmetrics-text');
    expect(open.body).toMatch(/# TYPE agent_runs counter\nagent_runs_total\{/);
    expect(open.body).toMatch(
      /\ngen_ai_invoke_agent_duration_seconds_bucket\{[^}]*\} \d+ # \{trace_id="[0-9a-f]{32}"/,
    );
    expect(open.body).toMatch(/\n# EOF\n$/);
  });

  it('exposes and sends what its spec says, and nothing else', () => {
    const { model } = analyse(join(packageRoot, 'observability.yaml'), testToday);
    if (model === undefined) throw new Error('the spec of the example cannot be read');
    const check = new LiveCheck(model, { today: testToday });
    const pages = new Pages(check);
    for (const { type, body } of [plain, open])
      pages.add({ target: 'the page', text: body, contentType: type });
    const requests = new OtlpRequests(check);
    for (const request of receiver.requests) requests.add(request, { path: 'traces', line: 1 });
    const { diagnostics, coverage } = check.finish();
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const [ofMetrics, ofSpans] = coverage;
    expect(ofSpans).toMatchObject({ signal: 'spans', unseen: [] });
    // Of what the presets declare, this agent does without caches, MCP, workflows and budgets.
    expect(ofMetrics?.seen.length).toBeGreaterThanOrEqual(70);
  });

  it('measures its process', () => {
    expect(valueOf(page, 'process_resident_memory_bytes')).toBeGreaterThan(10e6);
    expect(valueOf(page, 'process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(valueOf(page, 'research_index_documents')).toBe(13);
  });

  it('stays within the series that the budget allows', () => {
    const series = [...page.values()].reduce((total, family) => total + family.samples.length, 0);
    expect(series).toBeGreaterThan(200);
    expect(series).toBeLessThan(40_000);
  });

  it.skipIf(missingProgram('promtool'))('serves a page that promtool finds nothing to say about', () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });

  it('sends spans with the right parents', () => {
    expect(receiver.resources[0]?.get('service.name')).toBe('research-agent');
    const parents = new Map<string, Set<string | undefined>>();
    for (const span of receiver.spans) {
      parents.set(span.name, (parents.get(span.name) ?? new Set()).add(receiver.parentName(span)));
    }
    expect(Object.fromEntries([...parents].map(([name, of]) => [name, [...of]]))).toEqual({
      // By the line that `obs-gen instrument` has put below the function.
      'research.index': [undefined],
      'http.server.request': [undefined],
      'process tasks': ['http.server.request'],
      'agent.run': ['process tasks'],
      'research.step': ['agent.run'],
      'agent.model_call': ['research.step'],
      'agent.tool_call': ['research.step'],
      'research.search': ['agent.tool_call'],
      'research.calculate': ['agent.tool_call'],
    });
  });

  it('sends as many spans as it counted', () => {
    const count = (name: string): number => receiver.spans.filter((span) => span.name === name).length;
    expect(count('agent.run')).toBe(sum('agent_runs_total'));
    expect(count('agent.model_call')).toBe(sum('agent_model_calls_total'));
    expect(count('agent.tool_call')).toBe(sum('agent_tool_calls_total'));
    expect(count('http.server.request')).toBe(sum('http_server_requests_total'));
  });

  it('names spans after the GenAI conventions and keeps content out of them', () => {
    const call = receiver.spans.find((span) => span.name === 'agent.model_call');
    expect(call?.attributes.get('gen_ai.operation.name')).toBe('chat');
    expect(call?.attributes.get('gen_ai.request.model')).toMatch(/^sage-/);
    const everything = JSON.stringify(receiver.spans.map((span) => [...span.attributes]));
    expect(everything).not.toContain('herd immunity');
    expect(everything).not.toContain('6 * 7');
  });

  it('writes the trace id of its run into a log line', () => {
    const line = service.log.find((each) => each.event === 'tool.denied');
    expect(line).toMatchObject({
      level: 'warn',
      category: 'security',
      tool: 'fetch_document',
      document: 'board-minutes',
    });
    expect(
      receiver.spans.filter((span) => span.traceId === line?.['trace_id']).map((span) => span.name),
    ).toContain('agent.run');
  });

  it('ends by itself when it is told to stop', async () => {
    expect(await service.stop()).toBe(0);
    expect(service.log.at(-1)).toMatchObject({ event: 'service.stopped', cancelled: 0 });
  });
});

describe('the bounded queue', () => {
  it('refuses what does not fit, and finishes what it took when it is stopped', async () => {
    const service = await AgentProcess.start({
      AGENT_WORKERS: '1',
      AGENT_QUEUE_CAPACITY: '1',
      AGENT_MODEL_TIMEOUT_MS: '1500',
    });
    try {
      const answers = [];
      for (let at = 0; at < 3; at += 1)
        answers.push(await postTask(service.address, { task: 'Patiently: wait' }));
      expect(answers.map((answer) => answer.status)).toEqual([202, 202, 429]);
      expect(answers[2]?.headers.get('retry-after')).toBe('5');
      const page = parseExposition(await (await fetch(`${service.address}/metrics`)).text());
      expect(valueOf(page, 'agent_queue_depth', { queue: 'tasks' })).toBe(1);
      expect(valueOf(page, 'agent_queue_workers', { queue: 'tasks', state: 'busy' })).toBe(1);
      expect(valueOf(page, 'agent_queue_refused_total', { queue: 'tasks', reason: 'full' })).toBe(1);
    } finally {
      expect(await service.stop()).toBe(0);
    }
    const finished = service.log
      .filter((line) => line.event === 'run.finished')
      .map((line) => line['outcome']);
    expect(finished).toEqual(['completed', 'completed']);
  });
});

describe('npm start', () => {
  it('shows what was measured, says where to look next, and ends with 0', async () => {
    const { code, stdout, stderr } = await runExample('start.js', []);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('24/24');
    expect(stdout).toMatch(/^ {2}Runs +completed 21 · /m);
    expect(stdout).toMatch(/^ {2}Run time +p50 \d.* · p95 \d/m);
    expect(stdout).toMatch(/^ {2}Cost +\$\d+\.\d{4}$/m);
    expect(stdout).toMatch(/__other__ 1/);
    expect(stdout).toContain('generated/docs/TELEMETRY.md');
  });

  it.skipIf(missingProgram('prometheus'))(
    'runs Prometheus with the generated rules, and stops it',
    async () => {
      const { code, stdout } = await runExample('start.js', ['--prometheus']);
      expect(code).toBe(0);
      const address = /What Prometheus made of it \((?<address>http:\S+)\)/.exec(stdout)?.groups?.['address'];
      expect(address).toBeDefined();
      expect(stdout).toMatch(/ [1-9]\d* healthy in [1-9]\d* groups, 0 failing, 0 not evaluated/);
      expect(stdout).toMatch(/^ {2}Series scraped +[1-9]\d{2,}$/m);
      expect(stdout).toMatch(/^ {2}Recorded +[1-9]\d* series$/m);
      expect(stdout).toMatch(/^ {2}run-success \(analyst\) +100 % +of 99 % promised$/m);
      expect(stdout).toMatch(/^ {2}run-success \(researcher\) +80 % +of 99 % promised$/m);
      await expect(fetch(address ?? '')).rejects.toThrow();
    },
  );
});

/** Cancels a task whose model does not answer, as soon as it runs; returns its id. */
async function cancelATask(address: string): Promise<string> {
  const { id } = (await (await postTask(address, { task: 'Patiently: never mind' })).json()) as {
    id: string;
  };
  await until(
    () => viewTask(address, id),
    (task) => task.state === 'running',
  );
  const events = fetch(`${address}/tasks/${id}/events`).then((response) => response.text());
  await fetch(`${address}/tasks/${id}`, { method: 'DELETE' });
  const stream = await events;
  if (!stream.includes('"outcome":"cancelled"')) throw new Error(`the task was not cancelled:\n${stream}`);
  return id;
}
