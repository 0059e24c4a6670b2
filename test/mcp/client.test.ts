import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { WorkspaceOptions } from '../../src/mcp/workspace.js';
import { folderWith, serverOf, spec } from './folder.js';
import { describeWithClient, newClient, type Called, type Client, type Transport } from './peer.js';

/** The official client, joined to a server of a folder without a process between them. */
async function joined(root: string, more: Partial<WorkspaceOptions> = {}): Promise<Client> {
  const transport: Transport = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send(message) {
      server.receive(JSON.stringify(message));
      return Promise.resolve();
    },
  };
  const server = serverOf(root, (line) => transport.onmessage?.(JSON.parse(line)), more);
  const client = newClient();
  await client.connect(transport);
  // The client checks structured answers against the schemas of tools that it has listed.
  await client.listTools();
  onTestFinished(() => client.close());
  return client;
}

const usual = (): Promise<Client> => joined(folderWith({ 'observability.yaml': spec }));
const errorOf = ({ isError, content }: Called): string => {
  expect(isError).toBe(true);
  return content[0]?.text ?? '';
};

describeWithClient('the official client', () => {
  it('finds what there is', async () => {
    const client = await usual();
    expect(client.getServerVersion()).toMatchObject({ name: 'obs-gen', version: '1.2.3' });
    expect(client.getInstructions()).toContain('find_metrics');
    await client.ping();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      ...[
        'find_metrics',
        'find_spans',
        'find_logs',
        'describe',
        'validate',
        'explain',
        'check_query',
        'diff',
        'build',
      ],
    ]);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual([
      'add_telemetry',
      'mend_spec',
    ]);
  });

  it('looks metrics up, with helper, signature and example', async () => {
    const client = await usual();
    const { structuredContent } = await client.callTool({
      name: 'find_metrics',
      arguments: { text: 'agent runs outcome' },
    });
    expect(structuredContent?.['metrics']).toEqual([
      {
        name: 'runs_total',
        type: 'counter',
        help: 'Agent runs, by how they ended.',
        unit: null,
        helper: 'metrics.runsTotal',
        signature: "metrics.runsTotal.inc(labels: { outcome: 'completed' | 'failed' }, by?: number): void",
        example: "metrics.runsTotal.inc({ outcome: 'completed' });",
        labels: [
          {
            name: 'outcome',
            kind: 'closed',
            values: ['completed', 'failed'],
            description: 'How the run ended.',
          },
        ],
        readers: ['slo success'],
        worstCaseSeries: 2,
        owner: 'payments',
      },
    ]);
    const all = await client.callTool({ name: 'find_metrics', arguments: { limit: 1 } });
    expect(all.structuredContent).toMatchObject({
      total: 4,
      truncated: '3 more; look for other words, or raise limit',
    });
    const gauges = await client.callTool({ name: 'find_metrics', arguments: { type: 'gauge' } });
    expect(gauges.structuredContent?.['metrics']).toMatchObject([{ example: 'metrics.queueDepth.set(3);' }]);
    const byLabel = await client.callTool({ name: 'find_metrics', arguments: { label: 'tool' } });
    expect(byLabel.structuredContent?.['metrics']).toMatchObject([
      { labels: [{ kind: 'registered', cap: 40, register: 'labels.tool.register([...])' }] },
    ]);
  });

  it('looks spans and log events up', async () => {
    const client = await usual();
    const spans = await client.callTool({ name: 'find_spans', arguments: { text: 'tool' } });
    expect(spans.structuredContent?.['spans']).toMatchObject([
      {
        name: 'tool.call',
        example: "await spans.toolCall({ tool: 'a tool' }, async (span) => { … });",
        attributes: [
          { name: 'tool', required: true },
          { name: 'arguments', required: false, sensitivity: 'content' },
        ],
        records: ['tool_calls_total'],
      },
    ]);
    const logs = await client.callTool({ name: 'find_logs' });
    expect(logs.structuredContent?.['logs']).toMatchObject([
      { example: 'logs.runAccepted({ task_length: 1 });' },
    ]);
  });

  it.each([
    ['metric', 'queue_depth', { helper: 'metrics.queueDepth', readers: ['alert QueueStuck'] }],
    ['label', 'outcome', { values: ['completed', 'failed'], metrics: ['runs_total'] }],
    ['span', 'agent.run', { records: ['runs_total', 'run_duration_seconds'], outcome: { label: 'outcome' } }],
    ['log', 'run.accepted', { level: 'info' }],
    ['sli', 'success', { form: 'events' }],
    ['slo', 'success', { objectivePercent: '99.5', period: '30d' }],
    ['alert', 'QueueStuck', { condition: { form: 'expr', expr: 'queue_depth > 100' }, for: '5m' }],
  ])('describes a %s', async (kind, name, expected) => {
    const client = await usual();
    const { structuredContent } = await client.callTool({ name: 'describe', arguments: { kind, name } });
    expect(structuredContent).toMatchObject({ kind, entry: expected });
  });

  it('is told the nearest name where there is none', async () => {
    const client = await usual();
    const answer = await client.callTool({
      name: 'describe',
      arguments: { kind: 'metric', name: 'run_total' },
    });
    expect(errorOf(answer)).toBe('error: there is no metric "run_total"\nhelp: did you mean runs_total?');
  });

  it('checks the spec on the disk, and one that is not written yet', async () => {
    const client = await usual();
    const fine = await client.callTool({ name: 'validate' });
    expect(fine.structuredContent).toMatchObject({ valid: true, errors: 0 });
    const text = spec.replace('runs_total{outcome="completed"}', 'runs_total{outcom="completed"}');
    const faulty = await client.callTool({ name: 'validate', arguments: { text } });
    expect(faulty.structuredContent).toMatchObject({
      valid: false,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          code: 'OBS3111',
          range: expect.objectContaining({
            file: 'observability.yaml',
            start: { line: 25, column: 61 },
          }) as unknown,
        }),
      ]) as unknown,
    });
    expect(faulty.content[0]?.text).toContain('error[OBS3111]');
    expect((await client.callTool({ name: 'validate' })).structuredContent).toMatchObject({ valid: true });
  });

  it('is refused what needs a spec without errors, with the errors', async () => {
    const client = await joined(
      folderWith({ 'observability.yaml': spec.replace('labels: [tool]', 'labels: [tol]') }),
    );
    const answer = await client.callTool({ name: 'find_metrics' });
    expect(errorOf(answer)).toContain('error: the spec has errors, which have to be mended first');
    expect(errorOf(answer)).toContain('OBS3001');
  });

  it('has codes explained', async () => {
    const client = await usual();
    const { structuredContent } = await client.callTool({ name: 'explain', arguments: { code: '3111' } });
    expect(structuredContent).toMatchObject({ code: 'OBS3111', severity: 'error' });
    expect(errorOf(await client.callTool({ name: 'explain', arguments: { code: 'OBS0' } }))).toContain(
      'there is no code "OBS0"',
    );
  });

  it.each([
    [
      'sum by (outcome) (rate(runs_total[5m]))',
      undefined,
      [],
      { nature: 'rate', labels: ['outcome'], exact: true },
    ],
    ['sum by (outcom) (rate(runs_total[5m]))', undefined, ['OBS3111'], undefined],
    ['rate(queue_depth[5m])', undefined, ['OBS3122'], undefined],
    ['runs_totl', undefined, ['OBS3110'], undefined],
    ['runs_total{outcome="complete"}', undefined, ['OBS3114'], undefined],
    ['sum(rate(runs_total[5m])', undefined, ['OBS3101'], undefined],
    ['queue_depth', 'alert', ['OBS3310'], undefined],
    ['queue_depth > 5', 'alert', [], { nature: 'gauge' }],
  ])('has the query %s checked as %s', async (query, purpose, codes, result) => {
    const client = await usual();
    const { structuredContent } = await client.callTool({
      name: 'check_query',
      arguments: { query, ...(purpose === undefined ? {} : { purpose }) },
    });
    const found = structuredContent?.['diagnostics'] as readonly {
      readonly code: string;
      readonly range: { readonly file: string };
    }[];
    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const { range } of found) expect(range.file).toBe('query');
    if (result !== undefined) expect(structuredContent?.['result']).toMatchObject(result);
  });

  it('builds only where it says so', async () => {
    const root = folderWith({ 'observability.yaml': spec });
    const client = await joined(root);
    const planned = await client.callTool({ name: 'build' });
    expect(planned.structuredContent).toMatchObject({ written: false, out: 'generated', unchanged: 0 });
    expect(existsSync(join(root, 'generated'))).toBe(false);
    const built = await client.callTool({ name: 'build', arguments: { write: true } });
    expect(built.structuredContent).toMatchObject({ written: true });
    expect(readFileSync(join(root, 'generated/metrics.ts'), 'utf8')).toContain('runsTotal');
    const again = await client.callTool({ name: 'build', arguments: { write: true } });
    expect(again.structuredContent).toMatchObject({ written: true, files: [] });
    writeFileSync(join(root, 'generated/metrics.ts'), '// mine');
    expect(errorOf(await client.callTool({ name: 'build', arguments: { write: true } }))).toContain(
      'nothing is written',
    );
    expect(readFileSync(join(root, 'generated/metrics.ts'), 'utf8')).toBe('// mine');
  });

  it('cannot have anything written where the server may not', async () => {
    const root = folderWith({ 'observability.yaml': spec });
    const client = await joined(root, { readOnly: true });
    expect(errorOf(await client.callTool({ name: 'build', arguments: { write: true } }))).toContain(
      'this server may not write',
    );
    expect(existsSync(join(root, 'generated'))).toBe(false);
  });

  it('is told what a change breaks', async () => {
    const root = folderWith({ 'observability.yaml': spec });
    const git = (...words: string[]): unknown =>
      execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
        stdio: 'ignore',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    const client = await joined(root);
    expect((await client.callTool({ name: 'diff' })).structuredContent).toMatchObject({
      breaking: false,
      changes: [],
    });
    writeFileSync(
      join(root, 'observability.yaml'),
      spec.replace('  queue_depth: { type: gauge, help: Tasks waiting. }\n', '').replace(/alerts:\n.*\n/, ''),
    );
    const { structuredContent } = await client.callTool({ name: 'diff', arguments: { old: 'HEAD' } });
    expect(structuredContent).toMatchObject({ breaking: true });
    expect(JSON.stringify(structuredContent)).toContain('metrics.queue_depth');
    expect(errorOf(await client.callTool({ name: 'diff', arguments: { old: 'no-such-branch' } }))).toContain(
      'no-such-branch',
    );
  });

  it('cannot leave the working directory, neither by path nor by link nor by import', async () => {
    const outside = folderWith({ 'secret.yaml': 'labels: { secret-word: 1 }\n' });
    const root = folderWith({
      'observability.yaml': spec,
      'importing.yaml': spec.replace('version: 1\n', 'version: 1\nimports: [link.yaml]\n'),
    });
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'link.yaml'));
    const client = await joined(root);
    const asked = async (name: string, given: object): Promise<Called> =>
      client.callTool({ name, arguments: given });
    for (const path of ['../observability.yaml', join(outside, 'secret.yaml'), 'link.yaml', '/etc/passwd']) {
      expect(errorOf(await asked('validate', { spec: path }))).toContain(
        'lies outside of the working directory',
      );
      expect(errorOf(await asked('diff', { old: path }))).toMatch(/lies outside|nor a revision|no file/);
    }
    const imported = await asked('validate', { spec: 'importing.yaml' });
    expect(JSON.stringify(imported)).not.toContain('secret-word');
    expect(JSON.stringify(imported)).toContain('lies outside of the working directory');
    const text = readFileSync(join(root, 'importing.yaml'), 'utf8');
    expect(JSON.stringify(await asked('validate', { text }))).not.toContain('secret-word');
  });

  it('is told which arguments do not fit', async () => {
    const client = await usual();
    expect(
      errorOf(await client.callTool({ name: 'find_metrics', arguments: { typ: 'gauge', limit: 0 } })),
    ).toMatch(
      /there is no argument "typ"; limit must be >= 1|limit must be >= 1; there is no argument "typ"/,
    );
    await expect(client.callTool({ name: 'find_everything' })).rejects.toThrow(
      'there is no tool find_everything',
    );
  });

  it('reads the spec, the reference and the rules for agents', async () => {
    const client = await usual();
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'obs-gen://spec',
      'obs-gen://telemetry',
      'obs-gen://agents',
    ]);
    const read = async (uri: string): Promise<string | undefined> =>
      (await client.readResource({ uri })).contents[0]?.text;
    expect(await read('obs-gen://spec')).toBe(spec);
    expect(await read('obs-gen://telemetry')).toContain('# Telemetry of checkout');
    expect(await read('obs-gen://agents')).toContain('`metrics.runsTotal`');
    await expect(read('file:///etc/passwd')).rejects.toThrow('there is no resource');
  });

  it('gets prompts with what was passed for them', async () => {
    const client = await usual();
    const { messages } = await client.getPrompt({
      name: 'add_telemetry',
      arguments: { target: 'src/run.ts' },
    });
    expect(messages[0]?.content.text).toContain('Add telemetry to src/run.ts.');
    await expect(client.getPrompt({ name: 'add_telemetry' })).rejects.toThrow(
      'the prompt needs the argument target',
    );
  });
});
