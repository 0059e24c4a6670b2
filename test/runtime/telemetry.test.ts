import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTelemetry, createTracing, type Telemetry } from '../../src/runtime/index.js';
import { headSampler, sampledShare } from '../../src/runtime/sdk/sampler.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { pace } from '../support/pace.js';

const tracing = createTracing({ scope: 'test' });
const work = tracing.span<object>({ name: 'work', kind: 'internal' });

function service(sampling: { head: number; production?: number } = { head: 1 }): Telemetry {
  return createTelemetry({
    service: { name: 'research-agent', namespace: 'agents' },
    spans: true,
    sampling: {
      head: sampling.head,
      environments:
        sampling.production === undefined ? [] : [{ environment: 'production', share: sampling.production }],
    },
  });
}

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) vi.stubEnv(name, '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  trace.disable();
  context.disable();
  propagation.disable();
});

describe('start()', () => {
  test('loads the SDK, which then exports spans with the names of the service', async () => {
    const memory = memoryProcessor();
    const telemetry = service();
    const report = await telemetry.start({ environment: 'staging', sdk: { spanProcessors: [memory] } });
    expect(report).toEqual({ tracing: 'started', environment: 'staging' });
    work({}, () => undefined);
    expect(memory.ended[0]?.resource.attributes).toMatchObject({
      'service.name': 'research-agent',
      'service.namespace': 'agents',
      'deployment.environment.name': 'staging',
    });
    expect((await telemetry.shutdown()).complete).toBe(true);
  });

  test('lets OTEL_SERVICE_NAME win', async () => {
    vi.stubEnv('OTEL_SERVICE_NAME', 'renamed');
    const memory = memoryProcessor();
    const telemetry = service();
    await telemetry.start({ sdk: { spanProcessors: [memory] } });
    work({}, () => undefined);
    expect(memory.ended[0]?.resource.attributes['service.name']).toBe('renamed');
    await telemetry.shutdown();
  });

  test('leaves an SDK alone that the program has started', async () => {
    const memory = memoryProcessor();
    const stop = startSdk(memory);
    const telemetry = service();
    expect((await telemetry.start()).tracing).toBe('present');
    work({}, () => undefined);
    expect(memory.ended).toHaveLength(1);
    expect((await telemetry.shutdown()).complete).toBe(true);
    await stop();
  });

  test('starts once, and not at all where it is told so', async () => {
    const memory = memoryProcessor();
    const telemetry = service();
    expect((await telemetry.start({ spans: false })).tracing).toBe('off');
    const options = { sdk: { spanProcessors: [memory] } };
    const [one, two] = await Promise.all([telemetry.start(options), telemetry.start(options)]);
    expect([one.tracing, two.tracing]).toEqual(['started', 'started']);
    work({}, () => undefined);
    expect(memory.ended).toHaveLength(1);
    await telemetry.shutdown();
    vi.stubEnv('OTEL_SDK_DISABLED', 'true');
    expect((await service().start()).tracing).toBe('off');
  });

  test('survives a configuration that the SDK throws at', async () => {
    const telemetry = service();
    const broken = {
      get spanProcessors(): never {
        throw new Error('no');
      },
    };
    expect((await telemetry.start({ sdk: broken })).tracing).toBe('failed');
    expect((await telemetry.shutdown()).complete).toBe(true);
  });
});

describe('sampling', () => {
  const ids = Array.from({ length: 4000 }, (_, index) => {
    const random = Math.imul(index + 1, 2654435761) >>> 0;
    return `${'0'.repeat(16)}${random.toString(16).padStart(8, '0')}${(random ^ 0x5bd1e995).toString(16).slice(-8).padStart(8, '0')}`;
  });

  test.each([0, 0.1, 0.25, 0.5, 1])('keeps a share of %d of the roots', (share) => {
    const sampler = headSampler(share);
    const kept = ids.filter((id) => sampler.shouldSample(ROOT_CONTEXT, id).decision === 2).length;
    expect(Math.abs(kept / ids.length - share)).toBeLessThan(share === 0 || share === 1 ? 1e-9 : 0.05);
  });

  test('follows the decision of the parent', () => {
    const parent = (traceFlags: TraceFlags) =>
      trace.setSpanContext(ROOT_CONTEXT, { traceId: 'f'.repeat(32), spanId: 'a'.repeat(16), traceFlags });
    expect(headSampler(0).shouldSample(parent(TraceFlags.SAMPLED), 'f'.repeat(32)).decision).toBe(2);
    expect(headSampler(1).shouldSample(parent(TraceFlags.NONE), 'f'.repeat(32)).decision).toBe(0);
  });

  test('is that of the environment, which the variables name', async () => {
    expect(sampledShare({ head: 1, environments: [{ environment: 'production', share: 0 }] }, 'test')).toBe(
      1,
    );
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'team=a,deployment.environment.name=production');
    const memory = memoryProcessor();
    const telemetry = service({ head: 1, production: 0 });
    expect((await telemetry.start({ sdk: { spanProcessors: [memory] } })).environment).toBe('production');
    work({}, () => undefined);
    expect(memory.ended).toHaveLength(0);
    await telemetry.shutdown();
  });

  test('is left to OTEL_TRACES_SAMPLER where that is set', async () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'always_on');
    const memory = memoryProcessor();
    const telemetry = service({ head: 0 });
    await telemetry.start({ sdk: { spanProcessors: [memory] } });
    work({}, () => undefined);
    expect(memory.ended).toHaveLength(1);
    await telemetry.shutdown();
  });
});

describe('shutdown()', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function listen(answers: boolean): Promise<{ url: string; spanNames: readonly string[] }> {
    const spanNames: string[] = [];
    const made = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      request.on('end', () => {
        if (!answers) return;
        spanNames.push(...Array.from(body.matchAll(/"name":"(work)"/g), ([, name = '']) => name));
        response.end();
      });
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, spanNames };
  }

  test('sends every span that is still there', async () => {
    const { url, spanNames } = await listen(true);
    vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json');
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', url);
    const telemetry = service();
    await telemetry.start();
    for (let count = 0; count < 1000; count += 1) work({}, () => undefined);
    const report = await telemetry.shutdown();
    expect(report.complete).toBe(true);
    expect(spanNames).toHaveLength(1000);
    expect(new Set(spanNames)).toEqual(new Set(['work']));
  });

  test('ends at its deadline where nobody answers, and gives the same promise again', async () => {
    const { url } = await listen(false);
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', url);
    const telemetry = service();
    await telemetry.start();
    work({}, () => undefined);
    const start = performance.now();
    const ending = telemetry.shutdown({ deadlineSeconds: 0.3 });
    expect(telemetry.shutdown()).toBe(ending);
    const report = await ending;
    expect(report).toMatchObject({ complete: false, error: 'the deadline passed' });
    expect(performance.now() - start).toBeLessThan(300 + 700 * pace());
  });

  test('takes no more than 3 s by default where the other side refuses', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:9');
    const telemetry = service();
    await telemetry.start();
    work({}, () => undefined);
    const report = await telemetry.shutdown();
    expect(report.seconds).toBeLessThan(3 + 0.2 * pace());
  });

  test('resolves where the SDK rejects, and where nothing was started', async () => {
    const telemetry = service();
    const failing = { ...memoryProcessor(), shutdown: () => Promise.reject(new Error('exporter broke')) };
    await telemetry.start({ sdk: { spanProcessors: [failing] } });
    expect(await telemetry.shutdown()).toMatchObject({ complete: false, error: 'exporter broke' });
    expect((await service().shutdown()).complete).toBe(true);
  });
});
