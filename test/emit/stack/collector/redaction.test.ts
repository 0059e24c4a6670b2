import { describe, expect, it } from 'vitest';
import { collectorConfig } from '../../../../src/emit/stack/collector/index.js';
import { anyRe2, re2Of } from '../../../../src/emit/stack/collector/re2.js';
import { blockedKeys, blockedValues } from '../../../../src/emit/stack/collector/redaction.js';
import { regexFault } from '../../../../src/promql/regex.js';
import { createRedactor } from '../../../../src/runtime/redaction/redactor.js';
import { given, part } from './spec.js';

const { model, stack } = given(
  '{}',
  "logs: { redact: { keys: [customer_number], patterns: ['cust-[0-9]{8}'] } }",
);

/** A pattern of RE2 as JavaScript has it, flags at its head and within. */
function compiled(pattern: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  return new RegExp(
    pattern.slice(flags?.[0].length ?? 0).replace(/\\x\{([0-9a-f]{4})\}/g, '\\u$1'),
    flags?.[1] ?? '',
  );
}

/** Made up, in the shapes that the runtime knows. */
const secrets = [
  `ghp_${'a1B2'.repeat(6)}`,
  `sk-ant-${'x9'.repeat(12)}`,
  `AKIA${'ABCD'.repeat(4)}`,
  `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`,
  'password=hunter2hunter2',
  '"api_key": "0123456789"',
  'Authorization: Basic dXNlcjpwYXNzd29yZA==',
  'https://user:pa55word@example.com/',
  'https://example.com/?token=abcdefgh',
  '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----',
  'jane.doe@example.com',
  '+44 20 7946 0958 1',
  '078-05-1120',
  'cust-12345678',
];

const harmless = [
  'a plain value',
  'GET /orders/123',
  '2026-03-01T12:00:00.123Z',
  '0af7651916cd43dd8448eb211c80319c',
  'gpt-4o-mini-2024-07-18',
  'orders:list',
  '10.0.0.1:4318',
];

describe('values', () => {
  it('are patterns that RE2 reads', () => {
    expect(blockedValues(model).length).toBeGreaterThan(8);
    for (const pattern of [...blockedValues(model), ...blockedKeys(model)]) {
      expect(pattern).not.toMatch(/\(\?<?[!=]/);
      // Ranges of characters by their numbers are the one thing that the check of PromQL's patterns does not know.
      expect(regexFault(pattern.replace(/\\x\{00a1\}-\\x\{ffff\}/g, ''))).toBeUndefined();
    }
  });

  it.each(secrets)('%j is found as the runtime finds it', (secret) => {
    const redactor = createRedactor({ keys: [], patterns: ['cust-[0-9]{8}'] });
    expect(redactor.text(secret)).not.toBe(secret);
    expect(blockedValues(model).some((pattern) => compiled(pattern).test(secret))).toBe(true);
  });

  it.each(harmless)('%j is left alone', (text) => {
    expect(blockedValues(model).filter((pattern) => compiled(pattern).test(text))).toEqual([]);
  });
});

describe('re2Of', () => {
  it.each([
    [/(?<![A-Za-z0-9])abc(?!\d)/, String.raw`\babc\b`],
    [/(?<![\w.+])\+[1-9]/, String.raw`\+[1-9]`],
    [/(key=)(?!\[redacted\])[^"(]{3,}/gi, '(?i)(?:key=)[^"(]{3,}'],
    [/[^\s/@:]{0,256}:(?:x{1,4})/, String.raw`[^\s/@:]{0,}:(?:x{1,4})`],
    [/[\u00a1-\uffff]/, String.raw`[\x{00a1}-\x{ffff}]`],
    [/\(literal\)(a)/, String.raw`\(literal\)(?:a)`],
  ])('%s', (pattern, wanted) => {
    expect(re2Of(pattern)).toBe(wanted);
  });

  it('gives up a pattern that looks for something ahead', () => {
    expect(re2Of(/key=(?=[a-z]{0,9}\d)\w+/)).toBeUndefined();
  });

  it('keeps the flags of each in one pattern of all', () => {
    expect(anyRe2(['(?i)a|b', 'c'])).toBe('(?i:a|b)|(?:c)');
  });
});

describe('names', () => {
  const hides = (name: string): boolean => blockedKeys(model).some((pattern) => compiled(pattern).test(name));

  it.each([
    'password',
    'db.password',
    'userPassword',
    'x-api-key',
    'xApiKey',
    'http.request.header.authorization',
    'customer_number',
    'customerNumber',
    'user.email',
  ])('%s is hidden', (name) => {
    expect(hides(name)).toBe(true);
  });

  it.each([
    'gen_ai.usage.input_tokens',
    'auth.status',
    'token_count',
    'gen_ai.token.type',
    'shop.pinned',
    'keyboard',
  ])('%s is shown', (name) => {
    expect(hides(name)).toBe(false);
  });
});

describe('sensitivities', () => {
  const processor = part(
    collectorConfig(model, stack, 'compose'),
    'processors',
    'transform/content',
  ) as object;
  const groups = part(processor, 'trace_statements') as readonly { context: string; statements: string[] }[];
  const open = '"${env:OBSGEN_CAPTURE_CONTENT:-false}" != "true"';

  it('take secrets off in any case, and contents unless the operator lets them through', () => {
    for (const { statements } of groups) {
      const secret = statements.find((each) => each.includes(String.raw`shop\\.card$$`));
      const content = statements.find((each) => each.includes('note$$'));
      expect(secret).toMatch(/\)$/);
      expect(secret).not.toContain('note');
      expect(content).toContain(String.raw`shop\\.address$$`);
      expect(content).toContain(String.raw`gen_ai\\.input\\.messages$$`);
      expect(content?.endsWith(` where ${open}`)).toBe(true);
    }
  });

  it('are looked for on spans and on events apart: a span without events is a span all the same', () => {
    expect(groups.map(({ context }) => context)).toEqual(['span', 'spanevent']);
    for (const { context, statements } of groups)
      for (const each of statements) expect(each).toMatch(new RegExp(`\\((?:${context})\\.`));
  });

  it('let nothing through that could not be looked at', () => {
    expect(part(processor, 'error_mode')).toBe('propagate');
  });
});
