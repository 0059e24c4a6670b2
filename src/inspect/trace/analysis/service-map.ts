import { at, durationOf, none, spanAt, type Trace } from '../tree/trace.js';
import { quantile } from './quantile.js';

/** Calls of one service by another; durations in nanoseconds, as the called side has them. */
export interface ServiceEdge {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
  readonly errors: number;
  readonly p50: number;
  readonly p95: number;
  /** Whether some of the calls went through a queue. */
  readonly isAsync: boolean;
}

/** Who calls whom, most calls first. */
export function serviceMap(traces: readonly Trace[]): readonly ServiceEdge[] {
  const edges = new Map<
    string,
    { from: string; to: string; errors: number; isAsync: boolean; durations: number[] }
  >();
  for (const trace of traces)
    for (let span = 0; span < trace.spans.length; span++) {
      const above = at(trace.parent, span);
      if (above === none) continue;
      const { service: to, isError } = spanAt(trace, span);
      const { service: from } = spanAt(trace, above);
      if (from === to) continue;
      const key = JSON.stringify([from, to]);
      let edge = edges.get(key);
      if (edge === undefined) edges.set(key, (edge = { from, to, errors: 0, isAsync: false, durations: [] }));
      edge.durations.push(durationOf(trace, span));
      if (isError) edge.errors += 1;
      if (at(trace.isAsync, span) === 1) edge.isAsync = true;
    }
  return [...edges.values()]
    .map(({ durations, ...edge }) => {
      const sorted = Float64Array.from(durations).sort();
      return { ...edge, calls: sorted.length, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
    })
    .sort((a, b) => b.calls - a.calls || (a.from + a.to < b.from + b.to ? -1 : 1));
}
