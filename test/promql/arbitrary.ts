import fc from 'fast-check';
import type {
  Aggregation,
  BinaryOperator,
  Duration,
  Expr,
  Matcher,
  Shift,
  VectorMatching,
  VectorSelector,
} from '../../src/promql/ast.js';
import { aggregations, functions, type ValueType } from '../../src/promql/functions.js';
import { isComparison, isSetOperator } from '../../src/promql/precedence.js';

/** Functions that Prometheus 2.42, the promtool of the tests, does not know. */
const newer = new Set(
  (
    'double_exponential_smoothing end first_over_time histogram_avg histogram_quantiles histogram_stddev histogram_stdvar info ' +
    'mad_over_time range sort_by_label sort_by_label_desc start start_timestamp step ts_of_first_over_time ts_of_last_over_time ' +
    'ts_of_max_over_time ts_of_min_over_time'
  ).split(' '),
);
/** label_replace and label_join ask for names of labels in their strings. */
const callable = [...functions].filter(([name]) => !newer.has(name) && !name.startsWith('label_'));
const aggregators = [...aggregations].filter(([op]) => !op.startsWith('limit'));
const operators: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '/', '%', '^', 'atan2'] as const),
  ...(['==', '!=', '>', '<', '>=', '<=', 'and', 'or', 'unless'] as const),
];
const keywords = [
  'by',
  'on',
  'sum',
  'bool',
  'offset',
  'group_left',
  'and',
  'inf',
  'nan',
  'without',
  'ignoring',
  'rate',
  'start',
];
const patterns = [
  'a|b',
  '.+',
  '5..',
  '[a-z]{2,3}',
  '(?i:x)',
  'a\\.b',
  '(?P<n>a)*?',
  '\\pL\\d',
  '[[:alpha:]\\]-]',
];
const awkward = [
  '"',
  '\\',
  '\n',
  "'",
  '`',
  '{{',
  '\u0000',
  '\u2028',
  '\u00e9',
  '\u{1F600}',
  '$agent',
  '\\"',
  '#',
  ' ',
];

/** A source of choices that is a function of its seed: xorshift. */
class Chance {
  state: number;
  constructor(seed: number) {
    this.state = seed | 1;
  }
  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }
  flip(outOf = 2): boolean {
    return this.below(outOf) === 0;
  }
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }
  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

class Generator {
  readonly chance: Chance;
  readonly withVariables: boolean;
  constructor(seed: number, withVariables: boolean) {
    this.chance = new Chance(seed);
    this.withVariables = withVariables;
  }

  label(): string {
    return this.chance.flip(4)
      ? this.chance.pick(keywords)
      : `${this.chance.pick(['a', 'B', '_c'])}${this.chance.below(3)}`;
  }

  /** Labels to group by: Prometheus 2 reads neither a number nor `without` there. */
  labels(most: number): string[] {
    const found = new Set(this.chance.list(most, () => this.label()));
    return [...found].filter((each) => this.withVariables || !/^(?:inf|nan|without)$/.test(each));
  }

  text(): string {
    return this.chance
      .list(6, () =>
        this.chance.flip() ? this.chance.pick(awkward) : String.fromCodePoint(32 + this.chance.below(0x7ff)),
      )
      .join('');
  }

  duration(negative = false): Duration {
    const seconds = this.chance.flip()
      ? this.chance.pick([60, 300, 5400, 86_400, 604_800, 2_592_000])
      : (1 + this.chance.below(1e7)) / 1000;
    return { kind: 'duration', seconds: negative && this.chance.flip() ? -seconds : seconds };
  }

  range(): Duration {
    if (!this.withVariables || !this.chance.flip(4)) return this.duration();
    return {
      kind: 'variable',
      name: this.chance.pick(['$window', '$__rate_interval', '$__interval', '$__range']),
    };
  }

  shift(): Shift {
    return {
      ...(this.chance.flip(4) && { offset: this.duration(true) }),
      ...(this.chance.flip(5) && {
        evaluatedAt: this.chance.flip()
          ? { timestamp: this.chance.below(2e9) }
          : { preprocessor: this.chance.pick(['start', 'end'] as const) },
      }),
    };
  }

  matcher(): Matcher {
    const operator = this.chance.pick(['=', '!=', '=~', '!~'] as const);
    return {
      label: this.label(),
      operator,
      value: operator.endsWith('~') ? this.chance.pick(patterns) : this.text(),
    };
  }

  selector(): VectorSelector {
    const metric = this.chance.flip(5)
      ? this.chance.pick(keywords)
      : `${this.chance.pick(['m', 'up', 'a:b', '_x'])}${this.chance.below(3)}`;
    return { kind: 'selector', metric, matchers: this.chance.list(2, () => this.matcher()), ...this.shift() };
  }

  number(): Expr {
    const value = this.chance.pick([
      0,
      1,
      -1,
      0.5,
      1e21,
      1e-7,
      NaN,
      Infinity,
      -Infinity,
      this.chance.below(1e6) / 1000,
      -this.chance.below(99),
    ]);
    return { kind: 'number', value };
  }

  matching(op: BinaryOperator): VectorMatching {
    const base = { mode: this.chance.pick(['on', 'ignoring'] as const), labels: this.labels(2) };
    if (isSetOperator(op) || this.chance.flip()) return base;
    const include = this.labels(2).filter((each) => !base.labels.includes(each));
    return { ...base, group: { side: this.chance.pick(['left', 'right'] as const), include } };
  }

  sign(type: ValueType, depth: number): Expr {
    const expr = this.ofType(type, depth);
    return expr.kind === 'number' ? expr : { kind: 'unary', op: this.chance.pick(['+', '-'] as const), expr };
  }

  call(type: ValueType, depth: number): Expr {
    const [func, { args, required }] = this.chance.pick(callable.filter(([, each]) => each.returns === type));
    return { kind: 'call', func, args: args.slice(0, required).map((each) => this.ofType(each, depth)) };
  }

  aggregation(depth: number): Expr {
    const [op, parameter] = this.chance.pick(aggregators);
    const grouping = this.chance.flip()
      ? { mode: this.chance.pick(['by', 'without'] as const), labels: this.labels(3) }
      : undefined;
    return {
      kind: 'aggregation',
      op: op as Aggregation['op'],
      expr: this.ofType('instant', depth),
      ...(parameter === 'string' && { parameter: { kind: 'string', value: 'x' } as const }),
      ...(parameter === 'scalar' && { parameter: this.ofType('scalar', depth) }),
      ...(grouping && { grouping }),
    };
  }

  binary(depth: number): Expr {
    const op = this.chance.pick(operators);
    const [leftType, rightType] = isSetOperator(op)
      ? (['instant', 'instant'] as const)
      : this.chance.pick([
          ['instant', 'instant'],
          ['scalar', 'instant'],
          ['instant', 'scalar'],
        ] as const);
    const [left, right] = [this.ofType(leftType, depth), this.ofType(rightType, depth)];
    const vectors = leftType === rightType && this.chance.flip(3);
    return {
      kind: 'binary',
      op,
      left,
      right,
      ...(isComparison(op) && { bool: true }),
      ...(vectors && { matching: this.matching(op) }),
    };
  }

  instant(depth: number): Expr {
    const below = depth - 1;
    switch (this.chance.below(6)) {
      case 0:
        return this.selector();
      case 1:
        return this.call('instant', below);
      case 2:
        return this.aggregation(below);
      case 3:
        return this.sign('instant', below);
      default:
        return this.binary(below);
    }
  }

  scalar(depth: number): Expr {
    switch (this.chance.below(4)) {
      case 0:
        return this.number();
      case 1:
        return this.call('scalar', depth - 1);
      case 2:
        return this.sign('scalar', depth - 1);
      default: {
        const op = this.chance.pick(operators.filter((each) => !isSetOperator(each)));
        const [left, right] = [this.ofType('scalar', depth - 1), this.ofType('scalar', depth - 1)];
        return { kind: 'binary', op, left, right, ...(isComparison(op) && { bool: true }) };
      }
    }
  }

  ofType(type: ValueType, depth: number): Expr {
    switch (type) {
      case 'string':
        return { kind: 'string', value: this.text() };
      case 'scalar':
        return depth <= 0 ? this.number() : this.scalar(depth);
      case 'instant':
        return depth <= 0 ? this.selector() : this.instant(depth);
      case 'range': {
        if (depth <= 0 || this.chance.flip()) return { ...this.selector(), range: this.range() };
        const step = this.chance.flip() ? this.range() : undefined;
        return {
          kind: 'subquery',
          expr: this.ofType('instant', depth - 1),
          range: this.range(),
          ...(step && { step }),
          ...this.shift(),
        };
      }
    }
  }
}

/** Expressions that Prometheus takes, deep ones too; a seed is not shrunk, because a smaller one means another expression. */
export function expressions(durations: 'plain' | 'variables'): fc.Arbitrary<Expr> {
  return fc.noShrink(
    fc.record({ seed: fc.integer(), depth: fc.integer({ min: 0, max: 4 }) }).map(({ seed, depth }) => {
      const generator = new Generator(seed, durations === 'variables');
      for (let skip = 0; skip < 8; skip += 1) generator.chance.below(2);
      return generator.ofType(generator.chance.pick(['instant', 'scalar'] as const), depth);
    }),
  );
}
