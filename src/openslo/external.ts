import type { Expr } from '../promql/ast.js';
import { walk } from '../promql/walk.js';

/** What `external` says of a metric. */
export interface ExternalEntry {
  readonly type: 'counter' | 'gauge' | 'histogram' | 'unknown';
  readonly native?: true;
}

const rating = new Set(['rate', 'increase', 'irate']);
const ofNative = new Set(['histogram_count', 'histogram_sum', 'histogram_fraction', 'histogram_avg']);

function entryOf(name: string, isCounted: boolean, isNative: boolean): readonly [string, ExternalEntry] {
  if (isNative) return [name, { type: 'histogram', native: true }];
  const [, base = '', part] = /^(.+)_(bucket|count|sum)$/.exec(name) ?? [];
  if (part === 'bucket') return [base, { type: 'histogram' }];
  if (part !== undefined) return [base, { type: 'unknown' }];
  return [name, { type: isCounted || name.endsWith('_total') ? 'counter' : 'unknown' }];
}

/** The more that is known of a metric, the more of its uses can be checked. */
function better(a: ExternalEntry | undefined, b: ExternalEntry): ExternalEntry {
  if (a === undefined || a.type === 'unknown') return b;
  return b.native === true ? b : a;
}

/**
 * Declares the metrics that a query reads, as far as the query tells what they are.
 * @param isCounting whether bare selectors count events
 */
export function declare(known: Map<string, ExternalEntry>, expr: Expr, isCounting: boolean): void {
  walk(expr, (each, parents) => {
    if (each.kind !== 'selector' || each.metric === undefined) return;
    const calls = parents.flatMap((parent) => (parent.kind === 'call' ? [parent.func] : []));
    const isNative = calls.some((func) => ofNative.has(func));
    const isCounted = isCounting || calls.some((func) => rating.has(func));
    const [name, entry] = entryOf(each.metric, isCounted, isNative);
    known.set(name, better(known.get(name), entry));
  });
}
