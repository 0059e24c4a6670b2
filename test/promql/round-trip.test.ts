import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/promql/ast.js';
import { parsePromql } from '../../src/promql/parse.js';
import { formatPromql, printPromql } from '../../src/promql/print.js';
import { quoteString, unquoteString } from '../../src/promql/strings.js';
import { parseDuration, printDuration } from '../../src/promql/duration.js';
import { transform } from '../../src/promql/walk.js';
import { expressions } from './arbitrary.js';
import { describeWithPromtool, promtool, refusals } from '../support/promtool.js';
import { runs } from '../support/long.js';

/** Half a surrogate pair is no character: it becomes U+FFFD, as it does on the way into UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** An expression without positions and parentheses, which is what its meaning consists of. */
function meaning(expr: Expr): unknown {
  const bare = transform(expr, (each) => {
    if (each.kind === 'paren') return each.expr;
    if (each.kind !== 'selector' || each.matchers[0]?.label !== '__name__') return each;
    return { ...each, metric: each.matchers[0].value, matchers: each.matchers.slice(1) };
  });
  return JSON.parse(
    JSON.stringify(bare, (key, value: unknown) => {
      if (/^(?:at|\w+At)$/.test(key) && key !== 'evaluatedAt') return undefined;
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    }),
  ) as unknown;
}

describe('printing and parsing', () => {
  it('are inverse to one another', () => {
    fc.assert(
      fc.property(expressions('variables'), (expr) => {
        const printed = printPromql(expr);
        const parsed = parsePromql(printed);
        expect(parsed.errors, printed).toEqual([]);
        expect(meaning(parsed.expr as Expr), printed).toEqual(meaning(expr));
      }),
      { numRuns: runs(1500) },
    );
  });

  it('gives the same expression on several lines, the first of them not indented', () => {
    fc.assert(
      fc.property(expressions('variables'), fc.integer({ min: 1, max: 60 }), (expr, width) => {
        const printed = formatPromql(expr, width);
        expect(printed).toMatch(/^\S/);
        expect(printed).not.toMatch(/[ \t]\n/);
        expect(meaning(parsePromql(printed).expr as Expr), printed).toEqual(meaning(expr));
      }),
      { numRuns: runs(500) },
    );
  });

  it('keeps what it printed once', () => {
    fc.assert(
      fc.property(expressions('variables'), (expr) => {
        const printed = printPromql(expr);
        expect(printPromql(parsePromql(printed).expr as Expr)).toBe(printed);
      }),
      { numRuns: runs(300) },
    );
  });

  it('keeps a string of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const quoted = quoteString(value);
        expect(unquoteString(quoted).value).toBe(wellFormed(value));
        expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it('prints durations that parse to the same length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (milliseconds) => {
        expect(parseDuration(printDuration(milliseconds / 1000))).toBeCloseTo(milliseconds / 1000, 6);
      }),
    );
    expect([300, 5400, 86_400, 30 * 86_400, 28 * 86_400, 0.5, 0].map(printDuration)).toEqual([
      '5m',
      '1h30m',
      '1d',
      '30d',
      '28d',
      '500ms',
      '0s',
    ]);
  });
});

describeWithPromtool('Prometheus itself', () => {
  it('takes every expression that is printed', () => {
    const printed = fc
      .sample(expressions('plain'), { numRuns: 600, seed: 42 })
      .map((expr) => printPromql(expr));
    const refused = [...refusals(printed)].map(([index, reason]) => `${printed[index] ?? ''}\n${reason}`);
    expect(refused).toEqual([]);
  });

  it('takes every expression that is printed on several lines', () => {
    const printed = fc
      .sample(expressions('plain'), { numRuns: 200, seed: 7 })
      .map((expr) => formatPromql(expr, 30));
    expect([...refusals(printed).values()]).toEqual([]);
  });

  it('binds operators as the parser does', () => {
    const operators = ['+', '-', '*', '/', '%', '^', '== bool', '> bool', '<= bool'];
    const operand = fc
      .tuple(fc.constantFrom('', '', '-', '+'), fc.constantFrom('2', '3', '0.5', '7', 'time()'))
      .map((each) => each.join(''));
    const chains = fc.sample(
      fc.tuple(
        operand,
        fc.array(fc.tuple(fc.constantFrom(...operators), operand), { minLength: 1, maxLength: 6 }),
      ),
      { numRuns: runs(300), seed: 1 },
    );
    const texts = chains.map(([first, rest]) => [first, ...rest.flat()].join(' '));
    const parenthesised = texts.map((each) => {
      const { expr, errors } = parsePromql(each);
      expect(errors, each).toEqual([]);
      return printPromql(
        transform(expr as Expr, (node) =>
          node.kind === 'binary' || node.kind === 'unary' ? { kind: 'paren', expr: node } : node,
        ),
      );
    });
    // NaN equals nothing, so both are compared with themselves as well.
    const same = texts.map((each, index) => {
      const other = parenthesised[index] ?? '';
      return {
        expr: `((${each}) == bool (${other})) + ((${each}) != bool (${each})) * ((${other}) != bool (${other}))`,
        eval_time: '1m',
        exp_samples: [{ value: 1 }],
      };
    });
    const result = promtool(['test', 'rules', 'test.json'], {
      'test.json': JSON.stringify({
        evaluation_interval: '1m',
        tests: [{ interval: '1m', promql_expr_test: same }],
      }),
    });
    expect(result.output).toContain('SUCCESS');
    expect(result.status).toBe(0);
  });

  it('finds a series by a label value of any characters', () => {
    const values = fc
      .sample(fc.string({ unit: 'binary', minLength: 1 }), { numRuns: 200, seed: 3 })
      .map((each) => wellFormed(each));
    const unique = [
      ...new Set([...values, '"', '\\', '\n', '`', "'", '{{', '}}', '\u0000', '\u2028', '😀', 'ß']),
    ];
    const result = promtool(['test', 'rules', 'test.json'], {
      'test.json': JSON.stringify({
        evaluation_interval: '1m',
        tests: [
          {
            interval: '1m',
            input_series: unique.map((value) => ({ series: `x{v=${quoteString(value)}}`, values: '1x2' })),
            promql_expr_test: unique.map((value) => ({
              expr: `count(${printPromql({ kind: 'selector', metric: 'x', matchers: [{ label: 'v', operator: '=', value }] })})`,
              eval_time: '1m',
              exp_samples: [{ value: 1 }],
            })),
          },
        ],
      }),
    });
    expect(result.output).toContain('SUCCESS');
    expect(result.status).toBe(0);
  });
});
