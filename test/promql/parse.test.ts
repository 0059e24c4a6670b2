import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePromql } from '../../src/promql/parse.js';
import { printPromql } from '../../src/promql/print.js';
import { variables } from '../../src/promql/walk.js';
import { expressions } from './arbitrary.js';
import { describeWithPromtool, refusals } from '../support/promtool.js';
import { runs } from '../support/long.js';

/** What is found in a query: each fault with the text that it points at. */
function faults(query: string): readonly string[] {
  return parsePromql(query).errors.map(
    ({ code, at, message }) => `${code} ⟨${query.slice(at.from, at.to)}⟩ ${message}`,
  );
}

const table: readonly (readonly [query: string, ...found: string[]])[] = [
  ['', 'OBS3101 ⟨⟩ the query is empty'],
  ['  \n ', 'OBS3101 ⟨  \n ⟩ the query is empty'],
  ['sum(rate(x[5m])', 'OBS3101 ⟨(⟩ `(` is never closed'],
  ['x{a="b"', 'OBS3101 ⟨{⟩ `{` is never closed'],
  ['x{a="b"}[5m', 'OBS3101 ⟨[⟩ `[` is never closed'],
  ['sum(x))', 'OBS3101 ⟨)⟩ `)` closes nothing'],
  ['sum(rate(x[5m)])', 'OBS3101 ⟨)⟩ `)` stands where `]` is expected'],
  ['x{a="b}', 'OBS3101 ⟨"⟩ this string is never closed'],
  ['x{a=b}', 'OBS3101 ⟨b⟩ the value of the label `a` is not quoted'],
  [
    'x{a=b-c.d, e=5}',
    'OBS3101 ⟨b-c.d⟩ the value of the label `a` is not quoted',
    'OBS3101 ⟨5⟩ the value of the label `e` is not quoted',
  ],
  [
    'x{a==b}',
    'OBS3101 ⟨==⟩ a matcher is written with one `=`',
    'OBS3101 ⟨b⟩ the value of the label `a` is not quoted',
  ],
  ['x{a=}', 'OBS3101 ⟨⟩ the value of the label `a` is missing'],
  ['x{a}', 'OBS3101 ⟨⟩ the label `a` is compared with nothing'],
  ['x{a="b" c="d"}', 'OBS3101 ⟨⟩ a comma is missing between two matchers'],
  ['x{a=“b”}', 'OBS3101 ⟨“b”⟩ typographic quotes “ ” do not make a string'],
  ['x{a="\\q"}', 'OBS3101 ⟨\\q⟩ `\\q` is no escape sequence'],
  ['x[]', 'OBS3101 ⟨⟩ a duration is missing here'],
  ['x[5 m]', 'OBS3101 ⟨m⟩ `m` is no duration'],
  ['rate(x[0s])', 'OBS3101 ⟨0s⟩ this duration has to be longer than nothing'],
  ['x +', 'OBS3101 ⟨⟩ nothing stands behind `+`'],
  ['x y', 'OBS3101 ⟨y⟩ an operator is missing before `y`'],
  ['x > 5 && y', 'OBS3101 ⟨&&⟩ `&&` is no operator of PromQL'],
  ['x = 5', 'OBS3101 ⟨=⟩ `=` is no operator of PromQL'],
  ['sum(x) by', 'OBS3101 ⟨⟩ `by` needs labels in parentheses'],
  ['sum by (a) x', 'OBS3101 ⟨x⟩ `sum` needs its expression in parentheses'],
  ['sum by a, b (x)', 'OBS3101 ⟨a, b⟩ `by` needs its labels in parentheses'],
  ['sum(x) without a', 'OBS3101 ⟨a⟩ `without` needs its labels in parentheses'],
  ['sum by (a-b) (x)', 'OBS3101 ⟨-⟩ unexpected `-` in a list of labels'],
  ['histogram_quantile(0.9 x)', 'OBS3101 ⟨x⟩ a comma or an operator is missing before `x`'],
  ['rate(x[5m]) offset 5m', 'OBS3101 ⟨offset 5m⟩ `offset` follows a selector or a subquery only'],
  ['x offset 5m offset 5m', 'OBS3101 ⟨offset 5m⟩ `offset` stands twice'],
  ['(x)[5m]', 'OBS3101 ⟨(x)[5m]⟩ a range in brackets follows a selector only'],
  ['x{__name__="y"}', 'OBS3101 ⟨__name__="y"⟩ the name of the metric stands twice: `x` and `y`'],
  ['rte(x[5m])', 'OBS3102 ⟨rte⟩ unknown function `rte`'],
  [
    'foo(a[5m], b, c{d=e})',
    'OBS3102 ⟨foo⟩ unknown function `foo`',
    'OBS3101 ⟨e⟩ the value of the label `d` is not quoted',
  ],
  ['foo()', 'OBS3102 ⟨foo⟩ unknown function `foo`'],
  ['rate(x)', 'OBS3103 ⟨x⟩ rate() needs a range vector, this is an instant vector'],
  ['rate()', 'OBS3103 ⟨rate⟩ rate() takes 1 argument, here are 0'],
  ['quantile(x)', 'OBS3103 ⟨quantile⟩ quantile takes 2 arguments, here are 1'],
  [
    'histogram_quantile(rate(x[5m]), 0.9)',
    'OBS3103 ⟨rate(x[5m]), 0.9⟩ the arguments of histogram_quantile() are in the wrong order',
  ],
  ['1 > 0', 'OBS3103 ⟨>⟩ a comparison of two numbers needs `bool`'],
  ['x and 5', 'OBS3103 ⟨5⟩ `and` needs an instant vector on both sides, this is a number'],
  ['x[5m] + 1', 'OBS3103 ⟨x[5m]⟩ `+` works on numbers and instant vectors, this is a range vector'],
  ['x + bool y', 'OBS3103 ⟨+⟩ `bool` goes with comparisons only, not with `+`'],
  ['x and on (a) group_left () y', 'OBS3103 ⟨and⟩ group_left does not go with `and`'],
  ['x{a=~"(?!b).*"}', 'OBS3104 ⟨(?!⟩ RE2 has no negative lookahead'],
  ['x{a=~"\\\\d(a)\\\\1"}', 'OBS3104 ⟨\\\\1⟩ backreferences such as \\1 do not exist in RE2'],
  ['x{a=~"["}', 'OBS3104 ⟨[⟩ this `[` is never closed'],
  ['x{a=~"a++"}', 'OBS3104 ⟨+⟩ `+` repeats a repetition'],
  ['label_replace(x, "a", "$1", "b", "(")', 'OBS3104 ⟨(⟩ this `(` is never closed'],
  ['x[5m * 2]', 'OBS3105 ⟨5m * 2⟩ arithmetic with durations is experimental in Prometheus'],
  ['x[5m] anchored', 'OBS3105 ⟨x[5m] anchored⟩ the modifier `anchored` is experimental in Prometheus'],
  [
    'rate(x[$__rate_intervall])',
    'OBS3106 ⟨$__rate_intervall⟩ the variable `$__rate_intervall` means nothing outside a string',
  ],
  ['{a=~".*"}', 'OBS3107 ⟨{a=~".*"}⟩ this selector matches every series there is'],
  [
    'rte(x[5m], 3) + foo{a=b} + rate(y)',
    'OBS3102 ⟨rte⟩ unknown function `rte`',
    'OBS3101 ⟨b⟩ the value of the label `a` is not quoted',
    'OBS3103 ⟨y⟩ rate() needs a range vector, this is an instant vector',
  ],
];

describe('faults of a query', () => {
  it.each(table)('%s', (query, ...found) => {
    expect(faults(query)).toEqual(found);
  });

  it('offers the nearest function, and the one that took the place of a removed one', () => {
    expect(parsePromql('rte(x[5m])').errors[0]).toMatchObject({
      help: 'did you mean `rate`?',
      replacement: 'rate',
    });
    expect(parsePromql('holt_winters(x[5m], 1, 1)').errors[0]?.replacement).toBe(
      'double_exponential_smoothing',
    );
  });

  it('is mended by the replacements that it offers', () => {
    for (const [query] of table) {
      const { errors } = parsePromql(query);
      const offers = errors.filter((each) => each.replacement !== undefined);
      if (offers.length === 0 || offers.length < errors.length) continue;
      const mended = offers
        .toReversed()
        .reduce(
          (text, { at, replacement }) => text.slice(0, at.from) + (replacement ?? '') + text.slice(at.to),
          query,
        );
      const left = parsePromql(mended).errors.filter(({ code }) => code === 'OBS3101' || code === 'OBS3102');
      expect(left, mended).toEqual([]);
    }
  });

  it('is not that a metric has the name of a clause', () => {
    for (const query of ['time() / (by or (x))', 'by or (by)', 'without + by', 'sum by (by) (by)'])
      expect(faults(query), query).toEqual([]);
  });

  it('stops at ten', () => {
    expect(parsePromql(Array.from({ length: 30 }, () => 'rte(x[5m])').join(' + ')).errors).toHaveLength(10);
  });

  it('refuses what is too deep or too long rather than to run out of stack', () => {
    expect(faults(`${'('.repeat(5000)}x${')'.repeat(5000)}`)[0]).toContain('nested more than 100 deep');
    expect(faults(`${'-'.repeat(7000)}x`)[0]).toContain('more than 400 operators');
    for (const query of [
      `${'-'.repeat(400)}x`,
      `1${'+1'.repeat(400)}`,
      `2${'^2'.repeat(400)}`,
      `${'abs('.repeat(100)}x${')'.repeat(100)}`,
    ])
      expect(printPromql(parsePromql(query).expr ?? { kind: 'string', value: 'unread' })).not.toBe(
        '"unread"',
      );
  });
});

describe('variables', () => {
  it('stand for durations and numbers, where they are known', () => {
    expect(
      printPromql(parsePromql('rate(x[$window]) / $__range_s').expr ?? { kind: 'number', value: 0 }),
    ).toBe('rate(x[$window]) / $__range_s');
    const read = parsePromql('rate(x[${__rate_interval}] offset $__range)').expr;
    expect(read).toMatchObject({
      args: [{ range: { kind: 'variable', name: '$__rate_interval' }, offset: { name: '$__range' } }],
    });
  });

  it('are found wherever they stand', () => {
    const query =
      'max_over_time((x offset $__range)[${__interval}:$window]) > $__range_s + 5 * count_over_time(x{a="$b"}[5m])';
    const { expr } = parsePromql(query);
    const found = expr === undefined ? [] : variables(expr);
    expect(found.map(({ name, at }) => `${name} ${query.slice(at?.from, at?.to)}`).sort()).toEqual([
      '$__interval ${__interval}',
      '$__range $__range',
      '$__range_s $__range_s',
      '$window $window',
    ]);
  });

  it('of a dashboard pass inside strings', () => {
    for (const query of ['x{a="$agent"}', 'x{a=~"${agent:regex}"}', 'x{a=~"$agent|[a-z]"}'])
      expect(faults(query)).toEqual([]);
  });
});

describe('positions', () => {
  it('point into the text, through variables and comments', () => {
    const query = 'sum by (agent) ( # all\n rate(x_total{outcome!="ok"}[$window]))';
    const { expr } = parsePromql(query);
    const at = (position: { from: number; to: number } | undefined): string =>
      position ? query.slice(position.from, position.to) : '';
    if (expr?.kind !== 'aggregation' || expr.expr.kind !== 'call')
      throw new Error('another shape was expected');
    const selector = expr.expr.args[0];
    if (selector?.kind !== 'selector') throw new Error('another shape was expected');
    expect(at(expr.at)).toBe(query);
    expect(at(expr.grouping?.labelsAt?.[0])).toBe('agent');
    expect(at(selector.metricAt)).toBe('x_total');
    expect(at(selector.matchers[0]?.labelAt)).toBe('outcome');
    expect(at(selector.matchers[0]?.valueAt)).toBe('"ok"');
    expect(at(selector.range?.at)).toBe('$window');
    expect(at(selector.at)).toBe('x_total{outcome!="ok"}[$window]');
  });
});

/** Queries with a few characters deleted, doubled or replaced: what people's slips look like. */
const slips = fc
  .tuple(
    expressions('plain'),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom(
          '',
          '(',
          ')',
          '"',
          '{',
          '}',
          '[',
          ']',
          ',',
          'x',
          '5',
          ' ',
          '=',
          '-',
          '\n',
          'by',
          '😀',
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([expr, edits]) =>
    edits.reduce((text, [at, insert]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert + text.slice(place + (at % 3));
    }, printPromql(expr)),
  );

describe('any text', () => {
  it('is read without a throw, and either understood or refused at a place within it', () => {
    const check = (text: string): void => {
      const { expr, errors } = parsePromql(text);
      expect(expr === undefined).toBe(errors.length > 0);
      for (const { at, message } of errors) {
        expect(at.from).toBeGreaterThanOrEqual(0);
        expect(at.to).toBeGreaterThanOrEqual(at.from);
        expect(at.to).toBeLessThanOrEqual(text.length);
        expect(message).toMatch(/^[^A-Z]|^RE2/);
        expect(message).not.toMatch(/\.$/);
      }
    };
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), check));
    fc.assert(
      fc.property(
        fc
          .array(
            fc.constantFrom(
              ...Array.from('({[)}]"\'`=~!<>+-*/^%@$,:#\\ \n5mx.'),
              'rate',
              'sum',
              'by ',
              'offset ',
              '“',
            ),
          )
          .map((each) => each.join('')),
        check,
      ),
      { numRuns: runs(2000) },
    );
    fc.assert(fc.property(slips, check), {
      numRuns: runs(2000),
      examples: [['without{B0!~"[[:alpha:]\\\\]-]",_c1=""} o[set 1h(6m29s241ms']],
    });
  });
});

describeWithPromtool('Prometheus 2.42', () => {
  it('refuses what is refused here and takes what is taken, slips included', () => {
    const texts = fc
      .sample(slips, { numRuns: 1500, seed: 11 })
      .filter((each) => each.trim() !== '' && !/\p{Surrogate}/u.test(each));
    const refused = refusals(texts);
    const differing = texts.flatMap((text, index) => {
      const { errors } = parsePromql(text);
      const reason = refused.get(index);
      if ((reason === undefined) === (errors.length === 0)) return [];
      return [
        `${reason === undefined ? 'taken' : 'refused'} by Prometheus: ${text}\n  ${reason ?? errors[0]?.message ?? ''}`,
      ];
    });
    expect(differing).toEqual([]);
  });
});
