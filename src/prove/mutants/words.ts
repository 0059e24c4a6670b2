import type { Expr } from '../../promql/ast.js';
import { printPromql } from '../../promql/print.js';

/** Columns of an expression in a sentence. */
const longest = 90;

/** PromQL in a sentence; the middle of a long one is left out. */
export function quoted(text: string): string {
  const half = (longest - 3) / 2;
  const short = text.length <= longest ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
  return `\`${short}\``;
}

/** "`a` became `b`". */
export function became(before: Expr | string, after: Expr | string): string {
  const text = (each: Expr | string): string => quoted(typeof each === 'string' ? each : printPromql(each));
  return `${text(before)} became ${text(after)}`;
}

/** "`a` was dropped". */
export function dropped(what: Expr | string): string {
  return `${quoted(typeof what === 'string' ? what : printPromql(what))} was dropped`;
}
