import { trace } from '@opentelemetry/api';
import { Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import {
  closedLabel,
  countRedactions,
  createLogger,
  createTelemetry,
  createTracing,
  labelledCounter,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import { setLogWriter } from '../../src/runtime/logs/log-output.js';
import { startSdk } from '../support/memory-tracing.js';

/** Whatever part of telemetry throws, a thousand calls of a program have the results that they would have without it. */
const calls = 1000;
const fail = (): never => {
  throw new Error('telemetry is broken');
};

const tool = openLabel({ key: 'guard.tool', cap: 5 });
const outcome = closedLabel({ key: 'guard.outcome', values: ['ok', 'failed'] });
const done = labelledCounter({ name: 'guard_calls_total', help: 'Calls.', labels: { tool, outcome } });
const time = labelledHistogram({ name: 'guard_seconds', help: 'Time.', labels: { tool }, buckets: [1] });
const span = createTracing({ scope: 'guard' }).span<object>({ name: 'guard.call', kind: 'internal' });

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
  trace.disable();
});

/** What a program does all day, with telemetry in each line of it. */
async function work(number: number): Promise<number> {
  return span({}, async (current) => {
    const stopTimer = time.startTimer({ tool: `tool-${number % 9}` });
    current.otel.setAttribute('number', number);
    await Promise.resolve();
    done.inc({ tool: `tool-${number % 9}`, outcome: number % 2 === 0 ? 'ok' : 'failed' });
    stopTimer();
    return number * 2;
  });
}

async function expectUndisturbed(): Promise<void> {
  const results = await Promise.all(Array.from({ length: calls }, (_, number) => work(number)));
  expect(results).toEqual(Array.from({ length: calls }, (_, number) => number * 2));
}

test('an exporter that throws', async () => {
  const processor = {
    onStart: fail,
    onEnd: fail,
    forceFlush: () => Promise.reject(new Error('x')),
    shutdown: () => Promise.reject(new Error('x')),
  };
  const end = startSdk(processor);
  stop = () => end().catch(() => undefined);
  await expectUndisturbed();
});

test('a registry that throws, at each of its methods', async () => {
  const broken = new Proxy(new Registry(), {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? fail : value;
    },
  });
  const telemetry = createTelemetry({
    service: { name: 'guard' },
    spans: false,
    sampling: { head: 1, environments: [] },
  });
  await expect(telemetry.start({ registry: broken })).resolves.toBeDefined();
  await expectUndisturbed();
  await expect(telemetry.scrape()).resolves.toBeDefined();
  await expect(telemetry.shutdown()).resolves.toBeDefined();
  const sound = createTelemetry({
    service: { name: 'guard' },
    spans: false,
    sampling: { head: 1, environments: [] },
  });
  await sound.start({ registry: new Registry() });
});

test('a redactor whose counter throws, and fields that fail when they are looked at', async () => {
  countRedactions({ inc: fail });
  const lines: string[] = [];
  setLogWriter((line) => {
    lines.push(line);
  });
  const logger = createLogger({ service: 'guard', level: 'info', format: 'json' });
  const called = logger.event<{ readonly number: number; readonly key: string; readonly detail: unknown }>({
    event: 'guard.called',
    level: 'info',
    message: 'called',
    fields: { number: 'int', key: 'string', detail: 'json' },
  });
  const hostile = new Proxy({}, { get: fail, ownKeys: fail, has: fail, getPrototypeOf: fail });
  const secret = `ghp_${'aB3dE5gH7jK9mN1p'.repeat(3).slice(0, 36)}`;
  try {
    const results = Array.from({ length: calls }, (_, number) => {
      called({ number, key: secret, detail: hostile });
      return number;
    });
    expect(results).toEqual(Array.from({ length: calls }, (_, number) => number));
  } finally {
    setLogWriter(undefined);
    countRedactions(undefined);
  }
  // What cannot be hidden is not written instead.
  expect(lines.join('\n')).not.toContain(secret);
  await expectUndisturbed();
});

test('a writer of log lines that throws', () => {
  setLogWriter(fail);
  const stopped = createLogger({ service: 'guard', level: 'info', format: 'json' }).plainEvent({
    event: 'guard.stopped',
    level: 'info',
    message: 'stopped',
  });
  let count = 0;
  try {
    for (; count < calls; count += 1) stopped();
  } finally {
    setLogWriter(undefined);
  }
  expect(count).toBe(calls);
});
