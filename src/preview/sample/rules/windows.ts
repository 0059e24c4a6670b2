import type { Duration, Expr } from '../../../promql/ast.js';
import { transform, walk } from '../../../promql/walk.js';

function secondsOf(duration: Duration | undefined): number {
  return duration?.kind === 'duration' ? duration.seconds : 0;
}

/** How far back each series is read that an expression reads, in seconds, by the series' names. */
export function reachOf(expr: Expr): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  walk(expr, (each, parents) => {
    if (each.kind !== 'selector' || each.metric === undefined) return;
    let back = secondsOf(each.range) + secondsOf(each.offset);
    for (const parent of parents) {
      if (parent.kind === 'subquery') back += secondsOf(parent.range) + secondsOf(parent.offset);
    }
    found.set(each.metric, Math.max(back, found.get(each.metric) ?? 0));
  });
  return found;
}

/**
 * An expression over the raw series of one step of time, whatever window it asks for: rates of whole steps add up to what happened, and
 * none of it is between two of them.
 * @param step seconds
 */
export function overStep(expr: Expr, step: number): Expr {
  return transform(expr, (each) =>
    each.kind === 'selector' && each.range !== undefined
      ? { ...each, range: { kind: 'duration', seconds: step } }
      : each,
  );
}
