import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runInScope } from '../../src/runtime/correlation/scope.js';
import { createLogger } from '../../src/runtime/index.js';
import { fieldKeys } from '../../src/runtime/logs/line-keys.js';
import { setLogWriter } from '../../src/runtime/logs/log-output.js';
import { numberText } from '../../src/runtime/logs/number-text.js';
import { outerKeys } from './json-keys.js';
import { runs } from '../support/long.js';

const core = 'aB3'.repeat(12);
const logger = createLogger({ service: 'test', level: 'trace', format: 'json' });

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  setLogWriter((line) => {
    lines.push(line);
  });
});
afterEach(() => {
  setLogWriter(undefined);
});

const fail = (): never => {
  throw new Error('no');
};
const cyclic: unknown[] = [];
cyclic.push(cyclic);

/** In a box, since fast-check looks into what it hands out. */
interface Boxed {
  readonly open: () => unknown;
}
const boxed = (...all: readonly unknown[]): fc.Arbitrary<Boxed> =>
  fc.constantFrom(...all.map((value) => ({ open: () => value })));

/** Things that a program may hand to a log, and that are hard to write. */
const hostile = boxed(
  new Proxy(
    {},
    { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail },
  ),
  new Proxy([], { get: fail }),
  { toJSON: fail },
  { toJSON: () => ({ toJSON: () => 12n }) },
  { toString: fail, valueOf: fail },
  {
    get password(): string {
      return fail();
    },
    get text(): string {
      return fail();
    },
  },
  cyclic,
  new Map<unknown, unknown>([[{}, cyclic]]),
  12n,
  10n ** 5000n,
  Symbol('s'),
  () => 1,
  'x'.repeat(1_000_000),
  '\ud800"\\\u0000\u2028',
  Object.assign(new Error('e'), { name: { toString: fail } }),
  Object.create(null),
  new Date(Number.NaN),
  NaN,
  -0,
  4111111111111111,
  new Uint8Array(1_000_000),
);
const secrets = boxed(
  `sk-${core}`,
  `text sk-${core} text`,
  `https://u:${core}@h/`,
  `Bearer ${core}`,
  `password=${core}`,
  { password: core },
  { a: [{ apiKey: { deep: core } }] },
  new Error(`failed with sk-${core}`),
  new Map([['token', core]]),
);
const names = fc.oneof(
  fc.constantFrom(
    'a',
    'level',
    'time',
    'trace_id',
    'tenant',
    'field.level',
    'field.tenant',
    'baggage.a',
    '__proto__',
  ),
  fc.constantFrom('event', 'message', 'correlation_id', 'exception.type', 'toString', 'constructor', ''),
  fc.string({ maxLength: 8 }),
  fc.constant(`sk-${core}`),
  fc.constant('k'.repeat(5000)),
);
const values = fc.oneof(
  fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true })
    .map((value): Boxed => ({ open: () => value })),
  hostile,
  secrets,
);
const entries = fc.array(fc.tuple(names, values), { maxLength: 8 });
function fieldsOf(drawn: readonly (readonly [string, Boxed])[]): Record<string, unknown> {
  const made = Object.create(null) as Record<string, unknown>;
  for (const [name, { open }] of drawn)
    Object.defineProperty(made, name, { value: open(), enumerable: true, configurable: true });
  return made;
}
const scopes = fc.option(
  fc.record({
    correlationId: fc.oneof(fc.string(), fc.constant(`sk-${core}`)),
    baggage: fc.dictionary(names, fc.oneof(fc.string(), fc.constant(`Bearer ${core}`)), { maxKeys: 4 }),
  }),
  { nil: undefined },
);

/** What every line promises, whatever was logged. */
function expectGood(line: string | undefined): Record<string, unknown> {
  expect(line).toBeDefined();
  const text = line ?? '';
  expect(text).not.toMatch(/[\n\r]/);
  expect(text).not.toContain(core);
  expect(text).not.toContain('4111111111111111');
  expect(text.length).toBeLessThan(1_000_000);
  const keys = outerKeys(text);
  expect(new Set(keys).size, text.slice(0, 300)).toBe(keys.length);
  expect(/\p{Cs}/u.test(text)).toBe(false);
  return JSON.parse(text) as Record<string, unknown>;
}

describe('every line', () => {
  test('of free text is one JSON object with keys that are unique, without a planted secret', () => {
    const message = fc.oneof(
      fc.string({ unit: 'binary' }).map((value): Boxed => ({ open: () => value })),
      boxed(`has sk-${core}`),
      values,
    );
    fc.assert(
      fc.property(message, entries, entries, scopes, (first, own, bound, scope) => {
        lines = [];
        runInScope(scope, () => {
          logger.log
            .child({ category: 'c', fields: fieldsOf(bound) })
            .info(first.open() as string, fieldsOf(own));
        });
        expect(lines).toHaveLength(1);
        expect(expectGood(lines[0])).toMatchObject({ level: 'info', service: 'test', category: 'c' });
      }),
      { numRuns: runs(3000) },
    );
  });

  test('of an event is so too, with what the compiler has written and without', () => {
    interface Any {
      readonly [name: string]: unknown;
    }
    const types = {
      a: 'string',
      level: 'string',
      'field.level': 'int',
      token: 'string',
      tenant: 'json',
    } as const;
    const keys = fieldKeys(Object.keys(types));
    const before = (index: number): string => `,${JSON.stringify(keys[index])}:`;
    const shared = { event: 'e', level: 'warn', message: 'm', fields: types } as const;
    const written = logger.event<Any>({
      ...shared,
      write: (of, line) =>
        line.text(`${before(0)}"`, of['a'] as string) +
        line.text(`${before(1)}"`, of['level'] as string) +
        line.number(before(2), of['field.level'] as number) +
        line.hidden(`${before(3)}"[redacted]"`) +
        line.any(before(4), of['tenant']),
    });
    const generic = logger.event<Any>(shared);
    const given = fc.record({
      a: values,
      level: values,
      'field.level': values,
      token: boxed(core),
      tenant: values,
    });
    fc.assert(
      fc.property(given, scopes, (drawn, scope) => {
        const of = Object.fromEntries(Object.entries(drawn).map(([name, { open }]) => [name, open()]));
        lines = [];
        runInScope(scope, () => {
          written(of);
          generic(of);
        });
        expect(lines).toHaveLength(2);
        const [one, other] = lines.map(expectGood);
        expect({ ...one, time: '' }).toEqual({ ...other, time: '' });
      }),
      { numRuns: runs(3000) },
    );
  });
});

describe('numbers', () => {
  test('are written as String writes them', () => {
    const numbers = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1e9, max: 1e12 }).map((value) => value / 1000),
      fc.integer(),
      fc.constantFrom(0, -0, 0.1 + 0.2, 1e-7, 999_999_999.999, 5e-324, 1e21),
    );
    fc.assert(
      fc.property(numbers, (value) => {
        expect(numberText(value)).toBe(String(value));
      }),
      { numRuns: runs(20_000) },
    );
  });

  test('that are no numbers of cards stay numbers', () => {
    logger.log.info('n', {
      at: 1_700_000_000_000,
      big: 9_007_199_254_740_991,
      nan: NaN,
      card: 4_111_111_111_111_111,
    });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      at: 1_700_000_000_000,
      big: 9_007_199_254_740_991,
      nan: 'NaN',
      card: '[redacted]',
    });
  });
});

describe('a line of free text', () => {
  const only = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;

  test('has its level, its text, its fields and those of its log', () => {
    const child = logger.log
      .child({ category: 'db', fields: { pool: 'main', size: 3 } })
      .child({ fields: { size: 4 } });
    child.warn('slow query', { ms: 12.5, size: 5 });
    const line = only();
    expect({ ...line, time: '' }).toEqual({
      time: '',
      level: 'warn',
      service: 'test',
      category: 'db',
      message: 'slow query',
      pool: 'main',
      size: 5,
      ms: 12.5,
    });
  });

  test('of an error has its type, its message and its stack', () => {
    logger.log.error(new TypeError('no such user'), 'lookup failed', { user: 7 });
    expect(only()).toMatchObject({
      message: 'lookup failed',
      'exception.type': 'TypeError',
      'exception.message': 'no such user',
      'exception.stacktrace': expect.stringContaining('lines.test') as string,
      user: 7,
    });
    logger.log.error('text alone');
    expect(only()).not.toHaveProperty('exception.type');
    logger.log.fatal(42);
    expect(only()).toMatchObject({ level: 'fatal', message: '42', 'exception.type': 'number' });
  });

  test('is written for each level from the least on', () => {
    const quiet = createLogger({ service: 'test', level: 'warn', format: 'json' }).log;
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) quiet[level](level);
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
      'warn',
      'error',
      'fatal',
    ]);
    expect([quiet.isOn('info'), quiet.isOn('warn')]).toEqual([false, true]);
  });
});
