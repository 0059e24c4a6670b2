import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvaluationError } from '../../../src/promql/evaluate/error.js';
import { partialMatch, wholeMatch } from '../../../src/promql/evaluate/regex.js';
import { costOf } from '../../spec/support.js';
import { isLong } from '../../support/long.js';

/** Patterns of RE2 in queries of a spec, which the engine of JavaScript runs on values of labels: RE2 never goes back, it does. */
describe('a pattern that goes back without end', () => {
  it.each([
    ...[
      '(a+)+',
      '(a*)*',
      '(a|a)*',
      '(a|aa)+',
      '(.*)*',
      '(a?){60}b',
      '(?:a+|b)+',
      '([a-z]+)*',
      '(\\w+\\s?)*x',
    ],
    ...['(a{1,30}){1,30}', '(x+x+)+y', '([a-zA-Z0-9]+-?)+', '.*.*.*.*.*=', '(.*,){12}P', 'a*a*a*a*a*a*b'],
    // What would hide it from a reader that knows JavaScript's notation only.
    ...['\\Q[\\E(a+)+]', '\\Q(\\E(a+)+', '[[:alpha:]](a+)+', '(?P<name>a+)+', '(?i)(a+)+', '[]a](a+)+'],
  ])('%s is not evaluated', (pattern) => {
    expect(() => wholeMatch(pattern)).toThrow(EvaluationError);
    expect(() => partialMatch(pattern)).toThrow(EvaluationError);
  });

  it('is seen inside of a thousand parentheses, at once', () => {
    const nested = (inner: string): string => `${'('.repeat(900)}${inner}${')'.repeat(900)}`;
    const cost = costOf(() => {
      expect(() => wholeMatch(nested('(a+)+'))).toThrow(EvaluationError);
      expect(wholeMatch(nested('a+')).test('aaa')).toBe(true);
    });
    expect(cost).toBeLessThan(2000);
  });
});

describe('a pattern of everyday use', () => {
  it.each([
    ['5..', '503', true],
    ['.*timeout.*', 'a timeout happened', true],
    ['.*a.*b.*', 'xaxbx', true],
    ['(search|fetch|browse)', 'fetch', true],
    ['[a-z]+(?:_[a-z]+)*', 'one_two_three', true],
    ['prod-[0-9]{1,3}(\\..+)?', 'prod-17.eu', true],
    ['(?i)error', 'ERROR', true],
    ['(a|b)+c', 'ababab', false],
    ['[^/]+/[^/]+', 'a/b/c', false],
    ['.+:[0-9]+', 'host:9090', true],
  ])('%s is evaluated', (pattern, text, expected) => {
    expect(wholeMatch(pattern).test(text)).toBe(expected);
  });
});

it('takes no more than a moment on any value of a label, where it is evaluated at all', () => {
  const atoms = fc.constantFrom(
    'a',
    'b',
    '[ab]',
    '[^b]',
    '.',
    '\\w',
    '-',
    'ab',
    '\\b',
    '$',
    'é',
    '[[:alpha:]]',
    '\\Qa+\\E',
  );
  const counts = fc.constantFrom('', '', '*', '+', '?', '{3}', '{1,20}', '{0,60}', '{2,}', '+?', '*?');
  const { pattern: patterns } = fc.letrec<{ pattern: string; item: string }>((tie) => ({
    item: fc
      .tuple(
        fc.oneof(
          { maxDepth: 3, withCrossShrink: true },
          atoms,
          tie('pattern').map((inner) => `(${inner})`),
        ),
        counts,
      )
      .filter(([atom, count]) => count === '' || !/^(?:\\b|\$)$/.test(atom))
      .map(([atom, count]) => atom + count),
    pattern: fc
      .array(fc.array(tie('item'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 })
      .map((options) => options.map((items) => items.join('')).join('|')),
  }));
  const texts = ['a', 'b', 'ab', 'aab', 'a-', 'é', ' a'].map((unit) => `${unit.repeat(128).slice(0, 127)}!`);
  const count = isLong ? 2000 : 150;
  let evaluated = 0;
  let refused = 0;
  fc.assert(
    fc.property(patterns, (pattern) => {
      for (const match of [wholeMatch, partialMatch]) {
        let expression: RegExp;
        try {
          expression = match(pattern);
        } catch (error) {
          expect(error).toBeInstanceOf(EvaluationError);
          refused += 1;
          continue;
        }
        evaluated += 1;
        for (const text of texts)
          expect(
            costOf(() => expression.test(text)),
            pattern,
          ).toBeLessThan(2000);
      }
    }),
    { numRuns: count },
  );
  expect(evaluated).toBeGreaterThan(count / 4);
  expect(refused).toBeGreaterThan(count / 20);
});
