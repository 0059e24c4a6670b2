import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runInScope } from '../../src/runtime/correlation/scope.js';
import { createPinoOptions } from '../../src/runtime/pino/index.js';
import { applySettings } from '../../src/runtime/settings/settings.js';
import { packageRoot } from '../../src/package-root.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { outerKeys } from './json-keys.js';

interface PinoLogger {
  info(...given: unknown[]): void;
  debug(...given: unknown[]): void;
  error(...given: unknown[]): void;
  child(bindings: object): PinoLogger;
}
type Pino = (options: object, stream: { write(line: string): void }) => PinoLogger;

const set = join(packageRoot, 'test', 'peers', 'pino', 'package.json');
const isInstalled = existsSync(join(set, '..', 'node_modules', 'pino'));
const core = 'aB3'.repeat(12);

// Without its own set of packages the test says nothing; CI installs it.
describe.skipIf(!isInstalled && process.env['CI'] === undefined)('the real pino', () => {
  let log: PinoLogger;
  let lines: string[] = [];
  let stop: () => Promise<void>;

  beforeAll(() => {
    const pino = createRequire(set)('pino') as Pino;
    log = pino(
      createPinoOptions({
        service: 'test',
        level: 'info',
        redaction: { keys: ['ticket'], patterns: ['tick-[0-9]{6,12}'] },
      }),
      { write: (line) => lines.push(line) },
    );
    stop = startSdk(memoryProcessor());
  });
  afterAll(() => stop());
  afterEach(() => {
    lines = [];
    applySettings({});
  });
  const only = (): Record<string, unknown> => {
    expect(lines).toHaveLength(1);
    const keys = outerKeys((lines[0] ?? '').trimEnd());
    expect(new Set(keys).size).toBe(keys.length);
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  };

  test('writes the ids of the trace and the request', () => {
    const span = trace.wrapSpanContext({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
    });
    context.with(trace.setSpan(ROOT_CONTEXT, span), () => {
      runInScope({ correlationId: 'req-1', baggage: { tenant: 'acme', level: 'x' } }, () => {
        log.info({ agent: 'planner', trace_id: 'forged', level: 'forged' }, 'run %s', 'accepted');
      });
    });
    const line = only();
    expect(Math.abs(Date.parse(String(line['time'])) - Date.now())).toBeLessThan(60_000);
    expect({ ...line, time: '' }).toEqual({
      time: '',
      level: 'info',
      service: 'test',
      message: 'run accepted',
      agent: 'planner',
      'field.level': 'forged',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      span_id: 'b7ad6b7169203331',
      correlation_id: 'req-1',
      tenant: 'acme',
      'baggage.level': 'x',
    });
  });

  test.each([
    ['a text', [`has sk-${core}`]],
    ['a text whose parts are harmless', ['password=%s', core]],
    ['a field', [{ password: core }, 'x']],
    ['a deep field', [{ a: [{ apiKey: { b: core } }] }]],
    ['a text in a field', [{ note: `Bearer ${core}` }]],
    ['a field of the spec', [{ ticket: core }]],
    ['an error alone', [new Error(`failed with sk-${core}`)]],
    ['an error in a field', [{ err: new Error(`failed with sk-${core}`) }, 'failed']],
    ['an error and a text', [new Error(`failed with sk-${core}`), `https://u:${core}@h/`]],
  ])('hides a secret in %s', (_name, given) => {
    log.error(...given);
    only();
    expect(lines[0]).not.toContain(core);
    expect(lines[0]).toContain('[redacted]');
  });

  test('hides a secret in what a child is bound to', () => {
    log.child({ token: core, url: `https://u:${core}@h/` }).info('x');
    only();
    expect(lines[0]).not.toContain(core);
  });

  test('keeps the shape of its errors', () => {
    log.error(new TypeError('no such user'));
    expect(only()).toMatchObject({
      message: 'no such user',
      err: {
        type: 'TypeError',
        message: 'no such user',
        stack: expect.stringContaining('pino.test') as string,
      },
    });
  });

  test('follows the level of the settings', () => {
    log.debug('no');
    expect(lines).toHaveLength(0);
    applySettings({ logLevel: 'debug' });
    log.debug('yes');
    expect(lines).toHaveLength(1);
    applySettings({ logLevel: 'silent' });
    log.error('no');
    expect(lines).toHaveLength(1);
  });

  test('never throws for what it is given', () => {
    const fail = (): never => {
      throw new Error('no');
    };
    for (const value of [
      new Proxy({}, { ownKeys: fail }),
      { toJSON: fail },
      12n,
      Symbol('s'),
      undefined,
      null,
    ]) {
      expect(() => {
        log.info({ value });
        log.info(value);
      }).not.toThrow();
    }
  });
});
