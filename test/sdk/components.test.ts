import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { TextMapPropagator } from '@opentelemetry/api';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Component, StartContext } from '../../src/runtime/component.js';
import { exportedSpans, forgetExportedSpans } from '../../src/runtime/sdk/memory-exporter.js';
import { keepRecentSpans } from '../../src/runtime/sdk/recent-spans.js';
import { tracePolicy } from '../../src/runtime/traces/tracer.js';
import { memoryProcessor } from '../support/memory-tracing.js';
import { isolated, request, service, spans } from './service.js';
import { eventually } from '../support/eventually.js';

isolated();

function recording(name: string, more: Partial<Component> = {}): Component & { readonly calls: unknown[] } {
  const calls: unknown[] = [];
  return {
    name,
    calls,
    tracing(context) {
      calls.push(['tracing', context.environment]);
      return undefined;
    },
    start({ service: { name: of } }: StartContext) {
      calls.push(['start', of]);
    },
    close() {
      calls.push(['close']);
    },
    stats: () => ({ calls: calls.length }),
    ...more,
  };
}

describe('components', () => {
  test('are asked, started and closed once, and tell of themselves', async () => {
    const one = recording('errors');
    const telemetry = service({ components: [one] });
    const options = { environment: 'staging', sdk: { spanProcessors: [memoryProcessor()] } };
    await Promise.all([telemetry.start(options), telemetry.start(options)]);
    expect(telemetry.stats().components).toEqual({ errors: { calls: 2 } });
    await telemetry.shutdown();
    expect(one.calls).toEqual([['tracing', 'staging'], ['start', 'research-agent'], ['close']]);
  });

  test.each([
    ['the start', {}, { switches: { errors: false } }],
    ['the environment', { OBSGEN_DISABLED: 'errors, cost' }, {}],
  ])('are left alone where they are switched off by %s', async (_, variables, options) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const [off, on] = [recording('errors'), recording('security')];
    const telemetry = service({ components: [off, on] });
    await telemetry.start({ sdk: { spanProcessors: [memoryProcessor()] }, ...options });
    await telemetry.shutdown();
    expect(off.calls).toEqual([]);
    expect(on.calls).toHaveLength(3);
  });

  test('that fail in each of their parts harm nobody, and are noted', async () => {
    const broken = recording('broken', {
      tracing: () => Promise.reject(new Error('no client for https://key:s3cretvalue@example.com')),
      start: () => {
        throw new Error('no start');
      },
      stats: () => {
        throw new Error('no stats');
      },
    });
    const well = recording('well');
    const telemetry = service({ components: [broken, well] });
    const report = await telemetry.start({ sdk: { spanProcessors: [memoryProcessor()] } });
    expect(report.tracing).toBe('started');
    expect(telemetry.stats().components).toEqual({ well: { calls: 2 } });
    const notes = telemetry.stats().notes.join('\n');
    expect(notes).toContain('broken: no start');
    expect(notes).not.toContain('s3cretvalue');
    expect((await telemetry.shutdown()).complete).toBe(true);
  });

  test('that do not end leave the spans the time they need', async () => {
    vi.stubEnv('OTEL_TRACES_EXPORTER', 'memory');
    forgetExportedSpans();
    const stuck = recording('stuck', { close: () => new Promise<void>(() => undefined) });
    const telemetry = service({ components: [stuck] });
    await telemetry.start();
    await request(1);
    const report = await telemetry.shutdown({ deadlineSeconds: 0.5 });
    expect(report).toMatchObject({ complete: false, error: 'the deadline passed', lost: [] });
    expect(exportedSpans().map(({ name }) => name)).toEqual(['tool.call', 'research.run']);
  });

  test('bring processors, propagators and a frame for the sampler', async () => {
    const memory = memoryProcessor();
    const own: TextMapPropagator<Record<string, string>> = {
      inject: (_, carrier) => {
        carrier['x-own'] = '1';
      },
      extract: (context) => context,
      fields: () => ['x-own'],
    };
    const started = vi.fn();
    const telemetry = service({
      components: [
        recording('errors', {
          tracing: () =>
            Promise.resolve({
              spanProcessors: [memory],
              propagators: [own],
              wrapSampler: () => ({ shouldSample: () => ({ decision: 2 }), toString: () => 'all' }),
              started,
            }),
        }),
      ],
    });
    vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
    await telemetry.start({ settings: { sampling: 0 } });
    spans.run({}, () => undefined);
    expect(memory.ended.map(({ name }) => name)).toEqual(['research.run']);
    expect(started).toHaveBeenCalledOnce();
    const span = trace.getTracer('t').startSpan('out');
    const carrier: Record<string, string> = {};
    propagation.inject(trace.setSpan(ROOT_CONTEXT, span), carrier);
    expect(carrier).toMatchObject({
      'x-own': '1',
      traceparent: expect.stringContaining(span.spanContext().traceId) as string,
    });
    span.end();
    await telemetry.shutdown();
  });

  test('hear of a switch while they run, or the operator hears that it takes a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-components-'));
    const file = join(folder, 'settings.json');
    writeFileSync(file, '{}');
    const switched = vi.fn();
    const telemetry = service({ components: [recording('errors', { switched }), recording('cost')] });
    await telemetry.start({
      settingsFile: file,
      settingsIntervalSeconds: 0.01,
      sdk: { spanProcessors: [memoryProcessor()] },
    });
    writeFileSync(file, JSON.stringify({ switches: { errors: false, cost: false } }));
    await eventually(() => {
      expect(switched).toHaveBeenCalledWith(false);
      expect(telemetry.stats().notes.join()).toContain('switching cost off takes a restart');
    });
    await telemetry.shutdown();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('the last spans', () => {
  test('are kept where somebody asked for it, the latest first, with attributes of our own spans only', async () => {
    keepRecentSpans(3);
    vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
    const telemetry = service();
    await telemetry.start();
    const foreign = trace.getTracer('@example/http').startSpan('GET /secret', { attributes: { a: 1 } });
    foreign.end();
    for (let index = 0; index < 2; index += 1) spans.run({}, () => undefined);
    const kept = telemetry.recentSpans();
    expect(kept.map(({ name }) => name)).toEqual(['research.run', 'research.run', '@example/http']);
    expect(kept[2]).toMatchObject({
      spanId: foreign.spanContext().spanId,
      attributes: {},
      parentSpanId: undefined,
    });
    spans.run({}, () => undefined);
    expect(telemetry.recentSpans().map(({ name }) => name)).toEqual([
      'research.run',
      'research.run',
      'research.run',
    ]);
    expect(kept[0]?.durationSeconds).toBeGreaterThanOrEqual(0);
    keepRecentSpans(0);
    spans.run({}, () => undefined);
    expect(telemetry.recentSpans()).toEqual([]);
    await telemetry.shutdown();
  });
});

test.each([
  ['development', true],
  ['production', false],
])('in %s, spans in unexpected places are looked for: %s', async (environment, expected) => {
  const telemetry = service();
  await telemetry.start({ environment, sdk: { spanProcessors: [memoryProcessor()] } });
  expect(tracePolicy.checksNesting).toBe(expected);
  await telemetry.shutdown();
});

test('the statistics say how many spans are open', async () => {
  const telemetry = service();
  await telemetry.start({ sdk: { spanProcessors: [memoryProcessor()] } });
  const before = telemetry.stats().tracing.open;
  const span = spans.run.start({});
  expect(telemetry.stats().tracing.open).toBe(before + 1);
  span.end();
  expect(telemetry.stats().tracing.open).toBe(before);
  await telemetry.shutdown();
});
