import { readFileSync } from 'node:fs';
import { SpanStatusCode } from '@opentelemetry/api';
import type ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { drain } from '../agents/drain.js';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { loadHelpers } from '../agents/generated.js';
import { changes } from '../agents/page.js';
import { useTracing } from '../agents/tracing.js';
import { compile, formats } from '../emit/typescript/compile.js';
import { modelOf } from '../support/model.js';

const spec = `version: 1
service: { name: decorated }
instrument: { style: decorator }
labels: { kind: { description: Kind., cap: 20 } }
metrics:
  work_seconds: { type: histogram, help: Time., buckets: [1, 2] }
  calls_total: { type: counter, help: Calls., labels: [kind] }
spans: { work: { kind: internal, attributes: { text: { type: string } } } }
`;

interface Service {
  sync(text: string, more?: number): string;
  later(text: string): Promise<string>;
  values(to: number): Generator<number, string, string | undefined>;
  stream(to: number): AsyncGenerator<number, string>;
  unlucky(): string;
  readonly size: number;
}

interface Fixture {
  readonly captured: unknown[];
  readonly Service: { new (): Service; made(): boolean; readonly prototype: Service };
}

interface PrivateFixture {
  readonly Vault: { new (): { open(key: string): string }; make(): string };
}

const fixture = (name: string): string =>
  readFileSync(new URL(`${name}.fixture.txt`, import.meta.url), 'utf8');
const helpers = loadHelpers(spec);
const spans = useTracing();
const files = typescriptHelpers.files(modelOf(spec));

describe.each([
  ['as TypeScript 5 has them', {}],
  ['with experimentalDecorators', { experimentalDecorators: true }],
] as const)('decorators %s', (_, options: ts.CompilerOptions) => {
  const { Service, captured } = helpers.add(fixture('service'), options) as Fixture;
  const named = (): unknown[] => spans.named('work').map(({ attributes }) => attributes['text']);
  const failed = (): boolean[] =>
    spans.named('work').map(({ status }) => status.code === SpanStatusCode.ERROR);

  test('compile under every strict flag', () => {
    const program = { path: 'service.ts', content: fixture('service') };
    const errors = compile([...files, program], formats['ESM in Node'] as (typeof formats)[string], {
      ...options,
      isolatedDeclarations: false,
    });
    expect(errors.filter((error) => error.startsWith('service.ts'))).toEqual([]);
  });

  test('keep this, arguments, results, names and lengths', async () => {
    const service = new Service();
    const recorded = await changes(() => {
      expect(service.sync('a')).toBe('b a 1');
      expect(service.sync('a', 2)).toBe('b a 2');
    }, /^(work_|calls_)/);
    expect(recorded).toEqual({ 'calls_total{kind="a"}': 2, work_seconds_count: 2 });
    expect(named()).toEqual(['a', 'a']);
    expect(await service.later('c')).toBe('b c');
    const { sync, later, values, stream } = Service.prototype as unknown as Readonly<
      Record<string, () => void>
    >;
    expect([sync, later, values, stream].map((method) => [method?.name, method?.length])).toEqual([
      ['sync', 1],
      ['later', 1],
      ['values', 1],
      ['stream', 1],
    ]);
    expect(Service.made()).toBe(true);
    expect(Object.keys(Service.prototype)).toEqual([]);
  });

  test('hand on what is thrown, having reported it once', async () => {
    const service = new Service();
    captured.length = 0;
    expect(() => service.sync('bad')).toThrow(RangeError);
    await expect(service.later('bad')).rejects.toThrow(RangeError);
    expect(() => [...service.values(9)]).toThrow(RangeError);
    await expect(
      (async () => {
        await drain(service.stream(9));
      })(),
    ).rejects.toThrow(RangeError);
    expect(captured.map((error) => (error as Error).message)).toEqual([
      'sync',
      'async',
      'generator',
      'async generator',
    ]);
    expect(failed()).toEqual([true, true, true, true]);
  });

  test('follow generators to their end: values that come and go, the return value, and readers that stop', async () => {
    const service = new Service();
    const recorded = await changes(async () => {
      const values = service.values(2);
      expect(values.next()).toEqual({ value: 0, done: false });
      expect(values.next('x')).toEqual({ value: 1, done: false });
      expect(named()).toEqual([]);
      expect(values.next('y')).toEqual({ value: 'b xy', done: true });
      for (const value of service.values(5)) if (value === 1) break;
      const stream = service.stream(1);
      expect(await stream.next()).toEqual({ value: 0, done: false });
      expect(await stream.next()).toEqual({ value: 'b', done: true });
      for await (const value of service.stream(5)) if (value === 1) break;
    }, /^(work_|calls_)/);
    expect(recorded).toEqual({
      'calls_total{kind="async generator"}': 2,
      'calls_total{kind="generator"}': 2,
      work_seconds_count: 4,
    });
    expect(named()).toEqual(['generator', 'generator', 'async generator', 'async generator']);
    expect(failed()).toEqual([false, false, false, false]);
  });

  test('keep `new` from being used on a method', () => {
    for (const name of ['sync', 'later', 'unlucky'] as const) {
      const method = Reflect.get(Service.prototype, name) as unknown as new () => unknown;
      expect(() => new method()).toThrow(TypeError);
      expect(Object.hasOwn(method, 'prototype')).toBe(false);
    }
  });

  test('do without attributes and labels that cannot be worked out, and leave getters alone', async () => {
    const service = new Service();
    const recorded = await changes(() => {
      expect(service.unlucky()).toBe('still');
      expect(service.size).toBe(3);
    }, /^calls_/);
    expect(recorded).toEqual({});
    expect(spans.named('work')).toHaveLength(1);
  });
});

describe('private methods, which only the decorators of TypeScript 5 can reach', () => {
  test('keep their privacy', async () => {
    const { Vault } = helpers.add(fixture('private')) as PrivateFixture;
    const recorded = await changes(() => {
      expect(new Vault().open('k')).toBe('s k');
      expect(Vault.make()).toBe('made');
    }, /^calls_/);
    expect(recorded).toEqual({ 'calls_total{kind="private"}': 1 });
    expect(spans.named('work').map(({ attributes }) => attributes['text'])).toEqual([
      'private',
      'private static',
    ]);
  });
});
