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
  /** Where the label's name and the value stand. */
  readonly labelAt?: Position | undefined;
  readonly valueAt?: Position | undefined;
}

/** A duration as seconds, or a variable that stands for one: `$window`, `$__rate_interval`. */
export type Duration =
  | { readonly kind: 'duration'; readonly seconds: number }
  | { readonly kind: 'variable'; readonly name: string };

export interface VectorSelector extends Node {
  readonly kind: 'selector';
  /** Undefined for `{job="a"}`. */
  readonly metric: string | undefined;
  readonly metricAt?: Position | undefined;
  readonly matchers: readonly Matcher[];
  /** Set for a matrix selector: `x[5m]`. */
  readonly range?: Duration | undefined;
  readonly offset?: { readonly seconds: number } | undefined;
  readonly at_?: AtModifier | undefined;
}

export type AtModifier = { readonly timestamp: number } | { readonly preprocessor: 'start' | 'end' };

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly value: number;
  /** As it is to be printed, where the shortest form of `value` would lose the author's or the decimal arithmetic's digits. */
  readonly text?: string | undefined;
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly func: string;
  readonly args: readonly Expr[];
}

export interface Grouping {
  readonly mode: 'by' | 'without';
  readonly labels: readonly string[];
  readonly labelsAt?: readonly Position[] | undefined;
}

export interface Aggregation extends Node {
  readonly kind: 'aggregation';
  readonly op: string;
  /** The first argument of topk, quantile, count_values and their kin. */
  readonly parameter?: Expr | undefined;
  readonly grouping?: Grouping | undefined;
  readonly expr: Expr;
}

export interface VectorMatching {
  readonly mode: 'on' | 'ignoring';
  readonly labels: readonly string[];
  readonly labelsAt?: readonly Position[] | undefined;
  readonly group?: { readonly side: 'left' | 'right'; readonly include: readonly string[] } | undefined;
}

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly op: string;
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

export interface Parenthesised extends Node {
  readonly kind: 'paren';
  readonly expr: Expr;
}

export interface Subquery extends Node {
  readonly kind: 'subquery';
  readonly expr: Expr;
  readonly range: Duration;
  readonly step?: Duration | undefined;
  readonly offset?: { readonly seconds: number } | undefined;
  readonly at_?: AtModifier | undefined;
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
