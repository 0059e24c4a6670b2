import type { Binary, BinaryOperator, Expr } from '../../promql/ast.js';
import { binary } from '../../promql/build.js';
import type { Threshold } from './dashboard.js';

/** Where a value turns bad, and on which side. `==` and `!=` are bad at the value and everywhere else. */
export interface Limit {
  readonly value: number;
  readonly bad: '>' | '>=' | '<' | '<=' | '==' | '!=';
}

/** A condition taken apart: what it looks at, and where that turns bad. */
export interface Watched {
  readonly expr: Expr;
  readonly limit: Limit | undefined;
  /** The other side of the comparison, where it is no number. */
  readonly bound: Expr | undefined;
}

const mirrored: ReadonlyMap<BinaryOperator, Limit['bad']> = new Map([
  ['>', '<'],
  ['>=', '<='],
  ['<', '>'],
  ['<=', '>='],
  ['==', '=='],
  ['!=', '!='],
]);

function arithmetic(op: BinaryOperator, left: number, right: number): number | undefined {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return left ** right;
    default:
      return undefined;
  }
}

/** The number that an expression without series comes to: `6 * 3600`. */
function constant(expr: Expr): number | undefined {
  switch (expr.kind) {
    case 'number':
      return Number.isFinite(expr.value) ? expr.value : undefined;
    case 'paren':
      return constant(expr.expr);
    case 'unary': {
      const value = constant(expr.expr);
      return value === undefined || expr.op === '+' ? value : -value;
    }
    case 'binary': {
      const [left, right] = [constant(expr.left), constant(expr.right)];
      const value = left === undefined || right === undefined ? undefined : arithmetic(expr.op, left, right);
      return value !== undefined && Number.isFinite(value) ? value : undefined;
    }
    default:
      return undefined;
  }
}

/** Parentheses that nothing asks for any more. */
function bare(expr: Expr): Expr {
  return expr.kind === 'paren' ? bare(expr.expr) : expr;
}

function comparison({ op, left, right }: Binary): Watched | undefined {
  const flipped = mirrored.get(op);
  if (flipped === undefined) return undefined;
  const [leftNumber, rightNumber] = [constant(left), constant(right)];
  if (rightNumber !== undefined) {
    return { expr: bare(left), limit: { value: rightNumber, bad: op as Limit['bad'] }, bound: undefined };
  }
  if (leftNumber !== undefined)
    return { expr: bare(right), limit: { value: leftNumber, bad: flipped }, bound: undefined };
  return { expr: bare(left), limit: undefined, bound: bare(right) };
}

/**
 * An alert's expression without its outer comparison: `a / (b > 0) > 0.05 and c > 20` looks at `a / (b > 0)`, which is bad above 0.05.
 * A side condition (`and`, `unless`) decides when to alert, not what to look at, and is left out; of `or`, both sides stay.
 */
export function watched(expr: Expr): Watched {
  const outer = bare(expr);
  const nothing: Watched = { expr: outer, limit: undefined, bound: undefined };
  if (outer.kind !== 'binary' || outer.bool === true) return nothing;
  if (outer.op === 'and' || outer.op === 'unless') return watched(outer.left);
  if (outer.op !== 'or') return comparison(outer) ?? nothing;
  const [left, right] = [watched(outer.left), watched(outer.right)];
  const same = left.limit?.value === right.limit?.value && left.limit?.bad === right.limit?.bad;
  return { ...nothing, expr: binary('or', left.expr, right.expr), limit: same ? left.limit : undefined };
}

/** Grafana's steps begin at their value; this is as little above a limit as it takes to leave the limit itself out. */
function justAbove(value: number): number {
  return value === 0 ? 1e-9 : value;
}

const good = 'green';
const bad = 'red';

/** Colour steps of a limit. Grafana counts a step's own value in: that only matters at 0, where counts usually are. */
export function thresholdSteps(limit: Limit): readonly Threshold[] {
  const { value } = limit;
  switch (limit.bad) {
    case '>':
      return [
        { color: good, value: null },
        { color: bad, value: justAbove(value) },
      ];
    case '>=':
      return [
        { color: good, value: null },
        { color: bad, value },
      ];
    case '<':
      return [
        { color: bad, value: null },
        { color: good, value },
      ];
    case '<=':
      return [
        { color: bad, value: null },
        { color: good, value: justAbove(value) },
      ];
    case '==':
      return value > 0
        ? [
            { color: good, value: null },
            { color: bad, value },
          ]
        : [
            { color: bad, value: null },
            { color: good, value: justAbove(value) },
          ];
    case '!=':
      return value > 0
        ? [
            { color: bad, value: null },
            { color: good, value },
          ]
        : [
            { color: good, value: null },
            { color: bad, value: justAbove(value) },
          ];
  }
}

/** Whether low values are the bad ones. */
export function isBadBelow(limit: Limit): boolean {
  return (
    limit.bad.startsWith('<') ||
    (limit.bad === '==' && limit.value <= 0) ||
    (limit.bad === '!=' && limit.value > 0)
  );
}

/** The good side of a limit. */
export function opposite({ value, bad: side }: Limit): Limit {
  const sides = { '>': '<=', '>=': '<', '<': '>=', '<=': '>', '==': '!=', '!=': '==' } as const;
  return { value, bad: sides[side] };
}

/** How people write the units that limits mostly have; others are left out. */
const spoken: ReadonlyMap<string, string> = new Map([
  ['s', ' s'],
  ['percent', ' %'],
  ['percentunit', ' %'],
  ['currencyUSD', ' USD'],
  ['currencyEUR', ' EUR'],
  ['cps', ' a second'],
  ['bytes', ' bytes'],
  ['celsius', ' °C'],
  ['watt', ' W'],
]);

/** A limit in words, for people: `above 5 s`, `other than 1`. @param unit of Grafana */
export function limitWords({ value, bad: side }: Limit, unit = 'short'): string {
  const words = {
    '>': 'above',
    '>=': 'at or above',
    '<': 'below',
    '<=': 'at or below',
    '==': 'equal to',
    '!=': 'other than',
  };
  const scaled = unit === 'percentunit' ? Number((value * 100).toPrecision(12)) : value;
  return `${words[side]} ${scaled}${spoken.get(unit) ?? ''}`;
}
