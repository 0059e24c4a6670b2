import type {
  Aggregation,
  AggregationOperator,
  AtModifier,
  Binary,
  BinaryOperator,
  Call,
  Duration,
  Expr,
  Grouping,
  Matcher,
  MatcherOperator,
  NumberLiteral,
  Parenthesised,
  StringLiteral,
  Subquery,
  VectorMatching,
  VectorSelector,
} from './ast.js';

/** A length of time; negative only as an offset. */
export function duration(seconds: number): Duration {
  return { kind: 'duration', seconds };
}

/** A variable in the place of a duration: `$__rate_interval`. */
export function durationVariable(name: string): Duration {
  return { kind: 'variable', name };
}

/** A matcher; `value` is plain text, or a regular expression for `=~` and `!~`. */
export function matcher(label: string, operator: MatcherOperator, value: string): Matcher {
  return { label, operator, value };
}

interface SelectorOptions {
  readonly range?: Duration | undefined;
  readonly offset?: Duration | undefined;
  readonly evaluatedAt?: AtModifier | undefined;
}

/** An instant selector, or a range selector where `range` is given. */
export function selector(
  metric: string | undefined,
  matchers: readonly Matcher[] = [],
  options: SelectorOptions = {},
): VectorSelector {
  return { kind: 'selector', metric, matchers, ...options };
}

/** A number. @param text its exact decimal digits, where they come from decimal arithmetic */
export function number(value: number, text?: string): NumberLiteral {
  return text === undefined ? { kind: 'number', value } : { kind: 'number', value, text };
}

export function string(value: string): StringLiteral {
  return { kind: 'string', value };
}

/** A function call; that the function exists and takes these arguments is the caller's to know, and promtool's to check in tests. */
export function call(func: string, ...args: Expr[]): Call {
  return { kind: 'call', func, args };
}

export function by(labels: readonly string[]): Grouping {
  return { mode: 'by', labels };
}

/** An aggregation; without labels it is over everything, and `by ()` is not written. */
export function aggregate(
  op: AggregationOperator,
  expr: Expr,
  grouping?: Grouping,
  parameter?: Expr,
): Aggregation {
  const kept = grouping?.mode === 'by' && grouping.labels.length === 0 ? undefined : grouping;
  return { kind: 'aggregation', op, expr, grouping: kept, parameter };
}

interface BinaryOptions {
  readonly bool?: boolean | undefined;
  readonly matching?: VectorMatching | undefined;
}

export function binary(op: BinaryOperator, left: Expr, right: Expr, options: BinaryOptions = {}): Binary {
  return { kind: 'binary', op, left, right, ...options };
}

/** Joins operands from left to right with one operator; the first has to exist. */
export function chain(op: BinaryOperator, [first, ...rest]: readonly [Expr, ...Expr[]]): Expr {
  return rest.reduce((left: Expr, right) => binary(op, left, right), first);
}

/** Parentheses that are to be seen although precedence does not ask for them. */
export function paren(expr: Expr): Parenthesised {
  return { kind: 'paren', expr };
}

export function subquery(expr: Expr, range: Duration, step?: Duration): Subquery {
  return { kind: 'subquery', expr, range, step };
}
