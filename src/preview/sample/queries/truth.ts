import { EvaluationError } from '../../../promql/evaluate/error.js';
import { wholeMatch } from '../../../promql/evaluate/regex.js';

/** Whether something holds; undefined where it cannot be told, which excludes nothing. */
export type Truth = boolean | undefined;

/** What a query compares. */
export type Comparable = string | number | boolean;

export function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

export function either(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

export function not(a: Truth): Truth {
  return a === undefined ? undefined : !a;
}

/** Asks a pattern; one that JavaScript cannot express tells nothing. */
export function matching(pattern: string, text: string, match: (pattern: string) => RegExp): Truth {
  try {
    return match(pattern).test(text);
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

/** Compares as LogQL and TraceQL do: a pattern matches all of a text. */
export function compared(left: Comparable, operator: string, right: Comparable): Truth {
  const isSame = typeof left === typeof right ? left === right : String(left) === String(right);
  switch (operator) {
    case '=':
    case '==':
      return isSame;
    case '!=':
      return !isSame;
    case '=~':
      return matching(String(right), String(left), wholeMatch);
    case '!~':
      return not(matching(String(right), String(left), wholeMatch));
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    default:
      return undefined;
  }
}
