import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/runtime/redaction/redactor.js';
import { safeText, safeValue } from '../../src/runtime/redaction/safe-value.js';
import { runs } from '../support/long.js';
import { pace } from '../support/pace.js';

const redactor = createRedactor({
  keys: ['x_internal_ticket', 'email', 'api_key'],
  patterns: ['tick-[0-9]{6,12}', '(?i)order-[a-z]{4}'],
});

const a = 'aB3'.repeat(12);

/** Secrets of the shapes that leak most; made up, and built so that scanners of this repository find none. */
const secrets = [
  `sk-${a}`,
  `sk-ant-api03-${a}`,
  `sk_live_${a}`,
  `rk-${a}`,
  `ghp_${a}`,
  `github_pat_${a}`,
  `glpat-${a}`,
  `xoxb-${a}`,
  `AKIAABCDEFGH01234567`,
  `ASIAABCDEFGH01234567`,
  `AIza${a}`,
  `npm_${a}`,
  `hf_${a}`,
  `SG.${a}.${a}`,
  `eyJ${a}.${a}.${a}`,
  `Bearer ${a}`,
  `basic ${a}`,
  `postgres://app:${a}@db.internal/x`,
  `password=${a}`,
  `"api_key": "${a}"`,
  `client_secret: '${a}'`.replace('client_', ''),
  `access_token=${a}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${a}\n${a}\n-----END RSA PRIVATE KEY-----`,
  `-----BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n${a}`,
  'tick-123456789',
  'ORDER-ABCD',
];

/** The part of a secret that must not be seen. */
function core(secret: string): string {
  return secret.includes(a) ? a : secret;
}

describe('texts', () => {
  test.each(secrets)('lose %s, wherever it stands', (secret) => {
    for (const text of [
      secret,
      `before ${secret} after`,
      `(${secret})`,
      `key=${secret}`,
      `${'x '.repeat(5000)}${secret}`,
    ]) {
      expect(redactor.text(text)).not.toContain(core(secret));
    }
  });

  test.each([
    'the task took 3 tokens and 2 secrets of the trade',
    'basic authentication is not a bearer of news',
    'https://example.com:8080/a@b?x=1',
    'sk-short and eyJust a word',
    'password is required',
    'research.run finished in 12 s: 42 pages',
    'risk-assessment-of-the-year-2026',
  ])('keep %s', (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  test('are hidden whole where a pattern cannot be understood', () => {
    expect(createRedactor({ keys: [], patterns: ['(unclosed'] }).text('anything')).toBe('[redacted]');
  });

  test.each([
    ['-----BEGIN PRIVATE KEY-----', ''],
    ['eyJ', ''],
    ['eyJaaaaaaaaaa.', ''],
    ['sk-', 'a'],
    ['://', 'a'],
    ['a:', '@'],
    ['password=', ''],
    ['bearer ', ''],
    ['SG.aaaaaaaaaaaaaaaa.', ''],
    ['xoxb-', '-'],
    ['-', '-'],
    ['api_key" : "', ' '],
  ])('made of %j over and over take no longer than their length', (unit, filler) => {
    const text = (unit + filler).repeat(Math.ceil(100_000 / (unit + filler).length));
    const start = performance.now();
    redactor.text(text);
    expect(performance.now() - start).toBeLessThan(500 * pace());
  });

  test('are cut, and a secret across the cut is not shown', () => {
    const text = `${'x'.repeat(16_380)} sk-${a}`;
    expect(safeText(text, redactor)).not.toContain('aB3');
    expect(safeText('y'.repeat(1_000_000), redactor)).toHaveLength(16_385);
    expect(safeText('\ud800x', redactor)).toBe('\ufffdx');
  });
});

describe('fields', () => {
  test.each([
    'password',
    'userPassword',
    'API-Key',
    'apiKey',
    'x_internal_ticket',
    'xInternalTicket',
    'user_email',
    'authToken',
    'AUTHORIZATION',
    'set-cookie',
    'clientSecret',
    'privateKey',
    'aws_access_key_id',
  ])('called %s are hidden', (key) => {
    expect(redactor.hides(key, 'value')).toBe(true);
    expect(redactor.hides(key, { deep: true })).toBe(true);
  });

  test.each([
    'input_tokens',
    'outputTokens',
    'tokens',
    'author',
    'authority',
    'tool',
    'secretary',
    'monkey',
    'keyboard',
    'cookiecutter',
    '',
  ])('called %s are shown', (key) => {
    expect(redactor.hides(key, 'value')).toBe(false);
  });

  test('that are numbers are measurements, unless the spec names the field', () => {
    expect(redactor.hides('token_count', 5)).toBe(false);
    expect(redactor.hides('x_internal_ticket', 5)).toBe(true);
  });
});

describe('values', () => {
  test('are copied as data', () => {
    const value = {
      text: 'a',
      number: 1.5,
      nan: NaN,
      big: 12n,
      date: new Date(0),
      none: undefined,
      nothing: null,
      list: [1, 'b', [true]],
      set: new Set([1]),
      map: new Map([['k', 'v']]),
      bytes: new Uint8Array(4),
      call: () => 1,
      symbol: Symbol('s'),
      error: new TypeError('wrong'),
      apiKey: 'hush',
    };
    expect(JSON.parse(JSON.stringify(safeValue(value, redactor)))).toEqual({
      text: 'a',
      number: 1.5,
      nan: 'NaN',
      big: '12',
      date: '1970-01-01T00:00:00.000Z',
      nothing: null,
      list: [1, 'b', [true]],
      set: [1],
      map: [['k', 'v']],
      bytes: '[4 bytes]',
      call: '[function]',
      symbol: '[symbol]',
      error: 'TypeError: wrong',
      apiKey: '[redacted]',
    });
  });

  test('cannot do harm: cycles, depth, size, getters, proxies, prototypes', () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    expect(safeValue(cyclic, redactor)).toEqual(['[circular]']);
    let deep: unknown = 'end';
    for (let depth = 0; depth < 10_000; depth += 1) deep = { deep };
    expect(JSON.stringify(safeValue(deep, redactor)).length).toBeLessThan(200);
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, [index]]));
    expect(Object.keys(safeValue(wide, redactor) as object)).toHaveLength(100);
    const fail = (): never => {
      throw new Error('no');
    };
    expect(safeValue({ ok: 1, bad: new Proxy({}, { ownKeys: fail, has: fail }) }, redactor)).toEqual({
      ok: 1,
      bad: '[unreadable]',
    });
    expect(safeValue(JSON.parse('{"__proto__": {"polluted": true}}'), redactor)).not.toHaveProperty(
      'polluted',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('of any kind become JSON without a planted secret', () => {
    const secret = `sk-${a}`;
    const planted = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        fc.constant(secret),
        fc.constant(`text ${secret} text`),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'token', 'b'), tie('value'), { maxKeys: 3 }),
        fc.constant(new Error(`failed with ${secret}`)),
      ),
    })).value;
    fc.assert(
      fc.property(planted, (value) => {
        expect(JSON.stringify(safeValue(value, redactor))).not.toContain(a);
      }),
      { numRuns: runs(2000) },
    );
  });
});
