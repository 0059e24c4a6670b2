/** Values that a number can have, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const anything: Interval = { low: -Infinity, high: Infinity };
export const notNegative: Interval = { low: 0, high: Infinity };

export function interval(low: number, high: number): Interval {
  return { low, high };
}

/** The smallest interval that holds both. */
export function hull(a: Interval, b: Interval): Interval {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

function holding(values: readonly number[]): Interval {
  return values.some(Number.isNaN) ? anything : { low: Math.min(...values), high: Math.max(...values) };
}

function quotient(a: Interval, b: Interval): Interval {
  if (b.low > 0 || b.high < 0) {
    return holding([a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high]);
  }
  return a.low >= 0 && b.low >= 0 ? notNegative : anything;
}

/** What an arithmetic operator makes of two operands; what is hard to bound can be anything. */
export function arithmetic(op: string, a: Interval, b: Interval): Interval {
  switch (op) {
    case '+':
      return holding([a.low + b.low, a.high + b.high]);
    case '-':
      return holding([a.low - b.high, a.high - b.low]);
    case '*':
      if (a.low >= 0 && b.low >= 0) return { low: a.low * b.low, high: a.high * b.high || Infinity };
      return holding([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]);
    case '/':
      return quotient(a, b);
    case '^':
      return a.low >= 0 ? notNegative : anything;
    default:
      return anything;
  }
}

export type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<=';

/** The comparison with its sides exchanged. */
export function mirrored(op: Comparison): Comparison {
  const other = { '>': '<', '<': '>', '>=': '<=', '<=': '>=', '==': '==', '!=': '!=' } as const;
  return other[op];
}

/** Whether a comparison with a limit is true of every value, of none, or of some. */
export function outcome({ low, high }: Interval, op: Comparison, limit: number): 'always' | 'never' | 'some' {
  switch (op) {
    case '>':
      return low > limit ? 'always' : high <= limit ? 'never' : 'some';
    case '>=':
      return low >= limit ? 'always' : high < limit ? 'never' : 'some';
    case '<':
      return high < limit ? 'always' : low >= limit ? 'never' : 'some';
    case '<=':
      return high <= limit ? 'always' : low > limit ? 'never' : 'some';
    case '==':
      if (limit < low || limit > high) return 'never';
      return low === high ? 'always' : 'some';
    case '!=':
      if (limit < low || limit > high) return 'always';
      return low === high ? 'never' : 'some';
  }
}

/** The values that pass a comparison with a limit. */
export function passing({ low, high }: Interval, op: Comparison, limit: number): Interval {
  switch (op) {
    case '>':
    case '>=':
      return { low: Math.max(low, limit), high: Math.max(high, limit) };
    case '<':
    case '<=':
      return { low: Math.min(low, limit), high: Math.min(high, limit) };
    case '==':
      return { low: limit, high: limit };
    case '!=':
      return { low, high };
  }
}
