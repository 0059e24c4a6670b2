import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { compileService, node24, run, sdk2, sdk3 } from './compiled-service.js';
import type { CompiledService } from './compiled-service.js';
import { programs } from './programs.js';
import { startGrpcReceiver, startHttpReceiver } from './receiver.js';
import type { Receiver } from './receiver.js';

interface Said {
  readonly started: { readonly tracing: string };
  readonly ended: { readonly complete: boolean; readonly lost: unknown[] };
  readonly notes: readonly string[];
}

const lines = [
  { line: 'SDK 2', major: 2, base: sdk2, node: process.execPath, isThere: true },
  { line: 'SDK 3', major: 3, base: sdk3, node: node24, isThere: existsSync(node24) },
];

describe.each(lines)('with $line', ({ major, base, node, isThere }) => {
  let service: CompiledService;
  let receiver: Receiver | undefined;
  beforeAll(() => {
    service = compileService(base, programs);
  });
  afterAll(() => {
    service.remove();
  });
  beforeEach(async () => {
    receiver = await startHttpReceiver();
  });
  afterEach(async () => {
    await receiver?.stop();
  });

  const to = ({ url }: Receiver, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    ...more,
  });

  function here(): Receiver {
    if (receiver === undefined) throw new Error('no receiver');
    return receiver;
  }

  test.skipIf(!isThere).each(['http/protobuf', 'http/json', 'grpc'])(
    'spans arrive over %s, under their parents',
    async (protocol) => {
      const grpc = protocol === 'grpc' ? await startGrpcReceiver() : undefined;
      const target = grpc ?? here();
      const env = to(target, { OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
      const { stdout, stderr, code } = await run(service, ['plain.mjs'], { node, env });
      await grpc?.stop();
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const { started, ended, notes } = JSON.parse(stdout) as Said;
      expect([started.tracing, ended.complete, ended.lost, notes]).toEqual(['started', true, [], []]);
      expect(target.spans).toHaveLength(100);
      const ids = new Map(target.spans.map((span) => [span.spanId, span]));
      for (const span of target.spans.filter(({ name }) => name === 'tool.call'))
        expect(ids.get(span.parentId)).toMatchObject({ name: 'research.run', traceId: span.traceId });
      expect(target.spans[0]?.resource).toMatchObject({
        'service.name': 'research-agent',
        'telemetry.sdk.version': expect.stringMatching(`^${major}\\.`) as unknown,
      });
      expect(target.spans[0]?.resource).not.toHaveProperty('process.command_args');
    },
  );

  test.skipIf(!isThere)(
    'OTEL_TRACES_EXPORTER chooses: console, Zipkin, none, and what there is not',
    async () => {
      const shown = await run(service, ['plain.mjs'], { node, env: { OTEL_TRACES_EXPORTER: 'console' } });
      expect(shown.stdout).toContain("name: 'tool.call'");
      const zipkin = to(here(), {
        OTEL_TRACES_EXPORTER: 'zipkin',
        OTEL_EXPORTER_ZIPKIN_ENDPOINT: 'http://127.0.0.1:9/api/v2/spans',
      });
      const sent = JSON.parse((await run(service, ['plain.mjs'], { node, env: zipkin })).stdout) as Said;
      expect(sent.ended.lost).toEqual([{ signal: 'spans', reason: 'export_failed', count: 100 }]);
      const none = await run(service, ['plain.mjs'], {
        node,
        env: to(here(), { OTEL_TRACES_EXPORTER: 'none' }),
      });
      expect((JSON.parse(none.stdout) as Said).ended.complete).toBe(true);
      const odd = await run(service, ['plain.mjs'], {
        node,
        env: to(here(), { OTEL_TRACES_EXPORTER: 'kafka' }),
      });
      expect((JSON.parse(odd.stdout) as Said).notes.join()).toContain('there is no exporter "kafka"');
      expect(here().spans).toEqual([]);
    },
  );

  test.skipIf(!isThere).each([
    ['ESM', './esm/register.js', 'registered.mjs'],
    ['CommonJS', './cjs/register.js', 'registered.cjs'],
    ['CommonJS before an ESM program', './cjs/register.js', 'registered.mjs'],
  ])(
    'register as %s is there before the first span, and sends the last one',
    async (_, register, program) => {
      const env = to(here());
      const { stderr, code } = await run(service, ['--import', register, program], { node, env });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(
        here()
          .spans.map(({ name }) => name)
          .sort(),
      ).toEqual(['research.run', 'tool.call']);
    },
  );

  test.skipIf(!isThere).each(['SIGTERM', 'SIGINT'] as const)(
    '%s sends what is there, and ends the process',
    async (signal) => {
      const ended = await run(service, ['waiting.mjs'], {
        node,
        env: to(here()),
        speaks: (child) => child.kill(signal),
      });
      expect([ended.code, ended.signal]).toEqual([null, signal]);
      expect(here().spans).toHaveLength(10);
    },
  );

  test.skipIf(!isThere)('a program that listens to the signal itself ends as it likes', async () => {
    const ended = await run(service, ['waiting.mjs', 'listens'], {
      node,
      env: to(here()),
      speaks: (child) => child.kill('SIGTERM'),
    });
    expect([ended.code, ended.signal]).toEqual([7, null]);
    expect(here().spans).toHaveLength(10);
  });

  test.skipIf(!isThere)('a second signal does not wait for a collector that hangs', async () => {
    const hanging = await startHttpReceiver({ answers: false });
    let signalled = NaN;
    const ended = await run(service, ['waiting.mjs'], {
      node,
      env: to(hanging),
      speaks: (child) => {
        child.kill('SIGTERM');
        setTimeout(() => {
          signalled = performance.now();
          child.kill('SIGTERM');
        }, 300);
      },
    });
    await hanging.stop();
    expect(ended.signal).toBe('SIGTERM');
    expect(performance.now() - signalled).toBeLessThan(2900);
  });

  test.skipIf(!isThere)('a process that has nothing left to do sends what is there', async () => {
    expect(await run(service, ['silent.mjs'], { node, env: to(here()) })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(here().spans).toHaveLength(10);
  });
});

test('without the SDK, register says nothing and keeps the program running', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-sdk-'));
  mkdirSync(join(folder, 'node_modules', '@opentelemetry'), { recursive: true });
  for (const name of ['prom-client', '@opentelemetry/api'])
    symlinkSync(join(packageRoot, 'node_modules', name), join(folder, 'node_modules', name));
  const service = compileService(folder, programs);
  const ended = await run(service, ['--import', './esm/register.js', 'registered.mjs']);
  const { stdout } = await run(service, ['plain.mjs']);
  rmSync(folder, { recursive: true, force: true });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect((JSON.parse(stdout) as Said).started.tracing).toBe('not_installed');
});
