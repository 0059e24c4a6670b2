import fc from 'fast-check';
import type { AggregationOperator, BinaryOperator, Duration, Expr, Matcher, VectorMatching } from '../../src/promql/ast.js';
import { aggregations, functions, type ValueType } from '../../src/promql/functions.js';
import { isComparison, isSetOperator } from '../../src/promql/precedence.js';

/** Functions that Prometheus 2.42, the promtool of the tests, knows. */
const newer = new Set(
  (
    'double_exponential_smoothing end first_over_time histogram_avg histogram_quantiles histogram_stddev histogram_stdvar info ' +
    'mad_over_time range sort_by_label sort_by_label_desc start start_timestamp step ts_of_first_over_time ts_of_last_over_time ' +
    'ts_of_max_over_time ts_of_min_over_time'
  ).split(' '),
);
/** `absent` and its kin refuse nothing, but label_replace and label_join ask for names of labels in their strings. */
const callable = [...functions].filter(([name]) => !newer.has(name) && !name.startsWith('label_'));

const name = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/),
  fc.constantFrom('by', 'on', 'sum', 'bool', 'offset', 'group_left', 'and', 'inf', 'nan', 'rate', 'start', 'a:b'),
);
const metric = fc.oneof({ weight: 5, arbitrary: fc.stringMatching(/^[a-z_:][a-z0-9_:]{0,8}$/) }, { weight: 1, arbitrary: name });
const label = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/).filter((each) => each !== '__name__'),
  fc.constantFrom('by', 'on', 'sum', 'bool', 'offset', 'group_left', 'and', 'inf', 'nan', 'without', 'ignoring'),
);
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).map((each) => each.toWellFormed());

const seconds = fc.oneof(
  fc.integer({ min: 1, max: 10_000_000 }).map((each) => each / 1000),
  fc.constantFrom(60, 300, 3600, 5400, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400),
);
const duration = seconds.map((each): Duration => ({ kind: 'duration', seconds: each }));
const variable = fc
  .constantFrom('$window', '$__rate_interval', '$__interval', '$__range')
  .map((each): Duration => ({ kind: 'variable', name: each }));
const offset = fc
  .tuple(seconds, fc.boolean())
  .map(([each, negative]): Duration => ({ kind: 'duration', seconds: negative ? -each : each }));

const matcher = fc.oneof(
  fc.record({ label, operator: fc.constantFrom('=', '!='), value: text }),
  fc.record({
    label,
    operator: fc.constantFrom('=~', '!~'),
    value: fc.constantFrom('a|b', '.+', '5..', '[a-z]{2,3}', '(?i:x)', 'a\\.b', ''),
  }),
) as fc.Arbitrary<Matcher>;

const shift = fc.record(
  {
    offset,
    evaluatedAt: fc.oneof(
      fc.integer({ min: 0, max: 2_000_000_000 }).map((timestamp) => ({ timestamp })),
      fc.constantFrom({ preprocessor: 'start' as const }, { preprocessor: 'end' as const }),
    ),
  },
  { requiredKeys: [] },
);

const binaryOperators: readonly BinaryOperator[] = [
  '+', '-', '*', '/', '%', '^', 'atan2', '==', '!=', '>', '<', '>=', '<=', 'and', 'or', 'unless',
];

function matchingFor(op: BinaryOperator): fc.Arbitrary<VectorMatching> {
  const labels = fc.uniqueArray(label, { maxLength: 2 });
  const plain = fc.record({ mode: fc.constantFrom('on' as const, 'ignoring' as const), labels });
  if (isSetOperator(op)) return plain;
  const grouped = fc
    .tuple(plain, fc.constantFrom('left' as const, 'right' as const), labels)
    .map(([base, side, include]) => ({
      ...base,
      group: { side, include: include.filter((each) => !base.labels.includes(each)) },
    }));
  return fc.oneof(plain, grouped);
}

/** Expressions that Prometheus takes. @param durations with the variables of templates or without */
export function expressions(durations: 'plain' | 'variables'): fc.Arbitrary<Expr> {
  const range = durations === 'plain' ? duration : fc.oneof({ weight: 3, arbitrary: duration }, { weight: 1, arbitrary: variable });
  const number = fc
    .oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true }), fc.constantFrom(NaN, Infinity, 1e21, 1e-7))
    .map((value): Expr => ({ kind: 'number', value }));
  const selector = fc
    .record({ metric, matchers: fc.array(matcher, { maxLength: 2 }), shift })
    .map(({ metric: each, matchers, shift: moved }): Expr => ({ kind: 'selector', metric: each, matchers, ...moved }));
  const matrix = fc
    .tuple(selector, range)
    .map(([each, window]): Expr => ({ ...each, range: window }) as Expr);
  const string = text.map((value): Expr => ({ kind: 'string', value }));

  /** Depth is spent by hand: fast-check's own bias would make nearly everything a leaf. */
  function ofType(type: ValueType, depth: number): fc.Arbitrary<Expr> {
    if (type === 'string') return string;
    if (depth === 0) return type === 'scalar' ? number : type === 'range' ? matrix : selector;
    const inner = (each: ValueType) => fc.constant(null).chain(() => ofType(each, depth - 1));
    if (type === 'range') {
      const sub = fc
        .tuple(inner('instant'), range, fc.option(range, { nil: undefined }), shift)
        .map(([expr, window, step, moved]): Expr => ({ kind: 'subquery', expr, range: window, ...(step && { step }), ...moved }));
      return fc.oneof({ weight: 2, arbitrary: matrix }, { weight: 1, arbitrary: sub });
    }
    const candidates = callable.filter(([, each]) => each.returns === type);
    const calls = fc.constantFrom(...candidates).chain(([func, { args, required }]) =>
      fc
        .tuple(...args.slice(0, required).map(inner))
        .map((made): Expr => ({ kind: 'call', func, args: made })),
    );
    const signs = inner(type)
      .filter((expr) => expr.kind !== 'number')
      .chain((expr) => fc.constantFrom<'+' | '-'>('+', '-').map((op): Expr => ({ kind: 'unary', op, expr })));
    if (type === 'scalar') {
      const sums = fc
        .tuple(fc.constantFrom(...binaryOperators.filter((each) => !isSetOperator(each))), inner(type), inner(type))
        .map(([op, left, right]): Expr => ({ kind: 'binary', op, left, right, ...(isComparison(op) && { bool: true }) }));
      return fc.oneof(number, sums, calls, signs);
    }
    const aggregates = fc
      .tuple(
        fc.constantFrom(...[...aggregations].filter(([each]) => !each.startsWith('limit'))),
        inner('instant'),
        fc.option(fc.record({ mode: fc.constantFrom('by' as const, 'without' as const), labels: fc.uniqueArray(label, { maxLength: 3 }) }), { nil: undefined }),
      )
      .chain(([[op, parameter], expr, grouping]) =>
        (parameter === undefined ? fc.constant(undefined) : parameter === 'string' ? fc.constant<Expr>({ kind: 'string', value: 'x' }) : inner(parameter)).map(
          (made): Expr => ({
            kind: 'aggregation',
            op: op as AggregationOperator,
            expr,
            ...(made && { parameter: made }),
            ...(grouping && { grouping }),
          }),
        ),
      );
    const binaries = fc
      .constantFrom(...binaryOperators)
      .chain((op) =>
        fc.tuple(
          fc.constant(op),
          inner('instant'),
          inner('instant'),
          fc.boolean(),
          fc.option(matchingFor(op), { nil: undefined }),
        ),
      )
      .map(([op, left, right, bool, matching]): Expr => ({
        kind: 'binary',
        op,
        left,
        right,
        ...(bool && isComparison(op) && { bool }),
        ...(matching && { matching }),
      }));
    const mixed = fc
      .tuple(fc.constantFrom(...binaryOperators.filter((each) => !isSetOperator(each))), inner('instant'), inner('scalar'), fc.boolean())
      .map(([op, vector, scalar, swapped]): Expr => ({
        kind: 'binary',
        op,
        left: swapped ? scalar : vector,
        right: swapped ? vector : scalar,
      }));
    return fc.oneof(selector, calls, aggregates, binaries, mixed, signs);
  }
  return fc.constantFrom<ValueType>('instant', 'scalar').chain((type) => ofType(type, 4));
}
