import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { featuresOf } from '../../src/runtime/redaction/prefilter.js';
import { builtInRules, createRedactor, redactionRules } from '../../src/runtime/redaction/redactor.js';

const nothing = (): void => {
  // What is found is seen in the text.
};

/** Pieces of which secrets are made, and of what comes close to one: joined at random they reach every rule. */
const pieces = [
  ...['?token=', '&key=', ';sig='],
  ...['sk-', 'sk-ant-', 'sk_live_', 'AKIA', 'ghp_', 'github_pat_', 'glpat-', 'xoxb-', 'AIza', 'ya29.', 'hf_'],
  ...['npm_', 'pypi-', 'SG.', 'SK', 'hvs.', 'eyJ', 'dop_v1_', '123456789:AA', 'hooks.slack.com/services/'],
  ...[
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----END RSA PRIVATE KEY-----',
    'Bearer ',
    'basic ',
    'Authorization: ',
  ],
  ...[
    'cookie=',
    'password',
    'api_key',
    'access_token',
    'token',
    'key',
    ': ',
    '=',
    '"',
    "'",
    '&',
    '?',
    '://',
    ':',
  ],
  ...['@', '.', '-', '_', '/', ' ', '+', '(', ')', ',', '\n', '\\', '\u00e9', '\ud83d\ude00', '\ud800'],
  ...[
    'a',
    'Z',
    '0',
    '9',
    'aB3',
    'abcdef0123456789',
    'ABCDEFGH01234567',
    'example.com',
    'user',
    'x'.repeat(20),
  ],
  ...[
    '4111',
    '1111',
    '4111111111111111',
    '5555555555554444',
    '378282246310005',
    '123-45-6789',
    'GB82',
    'WEST',
  ],
  ...['1234', '5698', '7654', '32', '+1', '2025550123', 'DE89370400440532013000', '[redacted]'],
];
const texts = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 6 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

describe('the prefilter', () => {
  test.each(builtInRules.map((rule, index) => [`${rule.name} (${index})`, rule] as const))(
    'lets everything through that the rule %s finds',
    (_name, rule) => {
      let hits = 0;
      fc.assert(
        fc.property(texts, (text) => {
          if (rule.hide(text, nothing) === text) return;
          hits += 1;
          expect(featuresOf(text) & rule.needs, JSON.stringify(text)).not.toBe(0);
          expect(rule.mayFind(text)).toBe(true);
        }),
        { numRuns: 20_000 },
      );
      // Otherwise the property says nothing of this rule.
      expect(hits).toBeGreaterThan(5);
    },
  );

  test('finds in a long text what it finds in a short one, wherever it lies', () => {
    const secrets = [`sk-${'aB3'.repeat(8)}`, 'mail user@example.com', '4111 1111 1111 1111', '123-45-6789'];
    fc.assert(
      fc.property(fc.constantFrom(...secrets), fc.integer({ min: 0, max: 12_400 }), (secret, at) => {
        const text = `${'x '.repeat(8200).slice(0, at)} ${secret} ${'y '.repeat(300)}`;
        const redactor = createRedactor();
        expect(redactor.text(text)).toContain('[redacted]');
        expect(redactor.isPlain(text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a plain text', () => {
  test('is one that the rules leave alone and JSON shows as it is', () => {
    const redactor = createRedactor({ keys: [], patterns: ['tick-[0-9]{6,12}'] });
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isTwice) => {
        if (isTwice) redactor.isPlain(text);
        if (!redactor.isPlain(text)) return;
        expect(redactor.text(text)).toBe(text);
        expect(JSON.stringify(text)).toBe(`"${text}"`);
      }),
      { numRuns: 20_000 },
    );
    expect(redactor.isPlain('see tick-123456')).toBe(false);
    expect(redactor.isPlain('see ticket 12')).toBe(true);
  });

  test('stays what it is when many others were asked for', () => {
    const redactor = createRedactor();
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 5000; index += 1) {
        expect(redactor.isPlain(`plain ${index}`)).toBe(true);
        expect(redactor.isPlain(`mail user${index}@example.com`)).toBe(false);
      }
    }
  });
});

describe('what was hidden', () => {
  test('is told by rule and sink, each secret once', () => {
    const told: string[] = [];
    const redactor = createRedactor({ keys: [], patterns: ['tick-[0-9]{6,12}'] }, 'span', (rule, sink) => {
      told.push(`${rule} ${sink}`);
    });
    redactor.text(`sk-${'aB3'.repeat(8)} and a@example.com and b@example.com, tick-123456`);
    redactor.hides('password', 'x');
    expect(told.sort()).toEqual(['email span', 'email span', 'key span', 'openai_key span', 'pattern span']);
    for (const each of told) expect(redactionRules).toContain(each.split(' ')[0]);
  });
});
