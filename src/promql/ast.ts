/**
 * PromQL as nodes. Every rule and panel query that obs-gen writes is made of these and printed by `print.ts`; queries of users are
 * parsed into them, with positions, so that matchers can be added and names checked.
 */
export interface Position {
  /** Offsets into the query's text, `to` exclusive. Nodes that obs-gen builds itself have none. */
  readonly from: number;
  readonly to: number;
}

interface Node {
  readonly at?: Position | undefined;
}

export type MatcherOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher extends Node {
  readonly label: string;
  readonly operator: MatcherOperator;
  /** Unquoted and unescaped. */
  readonly value: string;
  /** Where the label's name and the value (with its quotes) stand. */
  readonly labelAt?: Position | undefined;
  readonly valueAt?: Position | undefined;
}

/** A number of seconds, negative only in an offset; or a variable that stands for one, such as `$window` or `$__rate_interval`. */
export type Duration =
  | (Node & { readonly kind: 'duration'; readonly seconds: number })
  | (Node & {
      readonly kind: 'variable';
      /** With its `$`, without braces. */
      readonly name: string;
    });

export type AtModifier = { readonly timestamp: number } | { readonly preprocessor: 'start' | 'end' };

/** What shifts the time at which a selector or subquery is evaluated. */
export interface Shift {
  readonly offset?: Duration | undefined;
  /** The `@` modifier. */
  readonly evaluatedAt?: AtModifier | undefined;
}

export interface VectorSelector extends Node, Shift {
  readonly kind: 'selector';
  /** Undefined for `{job="a"}`. */
  readonly metric: string | undefined;
  readonly metricAt?: Position | undefined;
  readonly matchers: readonly Matcher[];
  /** Set for a matrix selector: `x[5m]`. */
  readonly range?: Duration | undefined;
}

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  /** NaN for a variable that stands for a number, such as `$__range_s`: `text` holds it. */
  readonly value: number;
  /** As it is to be printed, where the shortest form of `value` would lose the decimal arithmetic's digits. */
  readonly text?: string | undefined;
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly func: string;
  readonly funcAt?: Position | undefined;
  readonly args: readonly Expr[];
}

export interface Grouping {
  readonly mode: 'by' | 'without';
  readonly labels: readonly string[];
  readonly labelsAt?: readonly Position[] | undefined;
}

export type AggregationOperator =
  | 'avg'
  | 'bottomk'
  | 'count'
  | 'count_values'
  | 'group'
  | 'limit_ratio'
  | 'limitk'
  | 'max'
  | 'min'
  | 'quantile'
  | 'stddev'
  | 'stdvar'
  | 'sum'
  | 'topk';

export interface Aggregation extends Node {
  readonly kind: 'aggregation';
  readonly op: AggregationOperator;
  readonly opAt?: Position | undefined;
  /** The first argument of topk, quantile, count_values and their kin. */
  readonly parameter?: Expr | undefined;
  readonly grouping?: Grouping | undefined;
  readonly expr: Expr;
}

export interface VectorMatching {
  readonly mode: 'on' | 'ignoring';
  readonly labels: readonly string[];
  readonly labelsAt?: readonly Position[] | undefined;
  readonly group?:
    | {
        readonly side: 'left' | 'right';
        readonly include: readonly string[];
        readonly includeAt?: readonly Position[] | undefined;
      }
    | undefined;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | 'atan2'
  | '=='
  | '!='
  | '>'
  | '<'
  | '>='
  | '<='
  | 'and'
  | 'or'
  | 'unless';

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly opAt?: Position | undefined;
  /** `> bool 5`: 0 or 1 in place of a filter. */
  readonly bool?: boolean | undefined;
  readonly matching?: VectorMatching | undefined;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly op: '+' | '-';
  readonly expr: Expr;
}

/** Parentheses that somebody wrote. Where precedence asks for some, the printer adds them by itself. */
export interface Parenthesised extends Node {
  readonly kind: 'paren';
  readonly expr: Expr;
}

export interface Subquery extends Node, Shift {
  readonly kind: 'subquery';
  readonly expr: Expr;
  readonly range: Duration;
  readonly step?: Duration | undefined;
}

export type Expr =
  | VectorSelector
  | NumberLiteral
  | StringLiteral
  | Call
  | Aggregation
  | Binary
  | Unary
  | Parenthesised
  | Subquery;
