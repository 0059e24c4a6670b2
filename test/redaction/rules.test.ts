import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/runtime/redaction/redactor.js';
import { safeText, safeValue } from '../../src/runtime/redaction/safe-value.js';
import { runs } from '../support/long.js';

const redactor = createRedactor();

describe('personal data', () => {
  test.each([
    'ada.lovelace+notes@mail.example.co.uk',
    'ädä@exämple.com',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '378282246310005',
    '3782 822463 10005',
    '6011111111111117',
    'order 12 4111111111111111',
    'GB82 WEST 1234 5698 7654 32',
    'DE89370400440532013000',
    '123-45-6789',
    '+44 (20) 7946-0958',
  ])('such as %s is hidden', (text) => {
    const clean = redactor.text(`it is ${text}, he said`);
    expect(clean).toContain('[redacted]');
    for (const digits of text.match(/\d{4,}/g) ?? []) expect(clean).not.toContain(digits);
  });

  test.each([
    '4111 1111 1111 1112',
    '1700000000000',
    '2026-01-01 12:30:01.250',
    '550e8400-e29b-41d4-a716-446655440000',
    'version 1.2.3+build.5',
    'see @opentelemetry/api and pkg@1.2.3',
    'GB82 TEST 1234 5698 7654 33',
    '0af7651916cd43dd8448eb211c80319c',
    '3.14159265358979323846',
  ])('is not taken for %s', (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  test('every number of a card is recognised in every grouping, whatever stands before it', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const card = fc
      .tuple(
        fc.constantFrom('4', '51', '2221', '34', '6011'),
        fc.array(digit, { minLength: 15, maxLength: 15 }),
      )
      .map(([start, rest]) => {
        const length = start === '34' ? 15 : 16;
        const body = (start + rest.join('')).slice(0, length - 1);
        const sum = Array.from(body)
          .reverse()
          .reduce((total, each, index) => {
            const value = Number(each) * (index % 2 === 0 ? 2 : 1);
            return total + (value > 9 ? value - 9 : value);
          }, 0);
        return body + String((10 - (sum % 10)) % 10);
      });
    fc.assert(
      fc.property(
        card,
        fc.constantFrom('', ' ', '-'),
        fc.constantFrom('', '123 ', 'n:'),
        (number, gap, before) => {
          const grouped = number.length === 15 ? /^(....)(......)(.....)$/ : /^(....)(....)(....)(....)$/;
          const text = (grouped.exec(number) ?? []).slice(1).join(gap);
          expect(redactor.text(`${before}${text} `)).not.toContain(text);
        },
      ),
      { numRuns: runs(2000) },
    );
  });
});

describe('addresses', () => {
  test.each([
    ['https://user:p4ssw0rd@host/x', 'p4ssw0rd'],
    ['postgres://app:p@ss:w/rd@db/x', 'p@ss:w'],
    ['https://ghp4ssw0rdlonglong@host/x', 'ghp4ssw0rdlonglong'],
    ['https://h/x?token=hunter22&page=2', 'hunter22'],
    ['https://h/x?a=1&X-Amz-Signature=abcdef0123', 'abcdef0123'],
    ['https://h/cb?code=4/0AbCdEf', '4/0AbCdEf'],
    ['https://h/x#access_token=hunter22', 'hunter22'],
    ['Authorization: Digest username="x"', 'Digest'],
    ['set-cookie: sid=abcdef; Path=/', 'abcdef'],
    ['DB_PASSWORD="correct horse battery"', 'horse'],
    ['{\\"password\\":\\"hunter22\\"}', 'hunter22'],
    ['AccountKey=abcdefgh==', 'abcdefgh'],
    ['key: a1b2c3d4e5f6g7h8i9', 'a1b2c3d4e5f6g7h8i9'],
  ])('%s shows no secret', (text, secret) => {
    expect(redactor.text(text)).not.toContain(secret);
  });

  test.each([
    'https://h/x?page=2&max_tokens=1000&idempotency_key=abc-1',
    'input_tokens=512 output_tokens=12',
    'session.id=abc author=ada',
    'monkey=banana keyboard=qwertz',
  ])('%s is shown', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('names of fields', () => {
  test.each([
    'max_tokens',
    'token_type',
    'tokenCount',
    'session.id',
    'idempotency_key',
    'cache_key',
    'author',
  ])('%s is shown', (key) => {
    expect(redactor.hides(key, 'value')).toBe(false);
  });

  test.each(['pin', 'cvv', 'otp', 'password'])('%s is hidden even where it is a number', (key) => {
    expect(redactor.hides(key, 1234)).toBe(true);
  });

  test.each(['dsn', 'connectionString', 'x-csrf-token', 'e_mail', 'customer_phone', 'dateOfBirth'])(
    '%s is hidden',
    (key) => {
      expect(redactor.hides(key, 'value')).toBe(true);
    },
  );

  test('of maps are judged as those of objects are', () => {
    expect(safeValue(new Map([['password', 'hunter2']]), redactor)).toEqual([['password', '[redacted]']]);
  });
});

describe('long texts', () => {
  const key = 'aB3'.repeat(12);

  test('never show a part of a secret at their end, wherever the cut falls', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15_000, max: 34_000 }),
        fc.constantFrom(
          `sk-${key}`,
          `https://u:${key}@host/`,
          `password="${key}"`,
          `-----BEGIN PRIVATE KEY-----\n${key}`,
        ),
        fc.integer({ min: 0, max: 300 }),
        (length, secret, before) => {
          const text = `${`sk-${key} `.repeat(before)}${'word '.repeat(length).slice(0, length)} ${secret} ${'x'.repeat(40_000)}`;
          const shown = safeText(text, redactor);
          expect(shown).not.toContain('aB3');
          expect(shown.length).toBeLessThanOrEqual(16_385);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test('do not end in half a character', () => {
    for (const shift of ['', 'x']) {
      const shown = safeText(`${shift}${'\ud83d\ude00'.repeat(20_000)}`, redactor);
      expect(/\p{Cs}/u.test(shown)).toBe(false);
    }
  });
});
