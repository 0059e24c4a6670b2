import { durationOf, spanAt, type Trace } from '../tree/trace.js';

/** What spans with something in common took; nanoseconds. */
export interface Breakdown {
  readonly key: string;
  readonly count: number;
  readonly errors: number;
  /** Sum of the durations; what is inside of each other counts twice. */
  readonly total: number;
  /** Sum of the time that no child has. */
  readonly self: number;
  readonly onPath: number;
}

/** Spans by a property of theirs, most time of their own first; those without one are left out. */
export function breakdownOf(
  trace: Trace,
  { self, onPath }: { readonly self: Float64Array; readonly onPath: Float64Array },
  keyOf: (span: number) => string | undefined,
): readonly Breakdown[] {
  const rows = new Map<string, Breakdown>();
  for (let span = 0; span < trace.spans.length; span++) {
    const key = keyOf(span);
    if (key === undefined) continue;
    const row = {
      key,
      count: 1,
      errors: spanAt(trace, span).isError ? 1 : 0,
      total: durationOf(trace, span),
      self: self[span] ?? 0,
      onPath: onPath[span] ?? 0,
    };
    rows.set(key, sumOf(rows.get(key), row));
  }
  return sortedBreakdown(rows.values());
}

function sumOf(one: Breakdown | undefined, other: Breakdown): Breakdown {
  if (one === undefined) return other;
  return {
    key: one.key,
    count: one.count + other.count,
    errors: one.errors + other.errors,
    total: one.total + other.total,
    self: one.self + other.self,
    onPath: one.onPath + other.onPath,
  };
}

/** The same rows of several traces as one. */
export function joinedBreakdowns(all: readonly (readonly Breakdown[])[]): readonly Breakdown[] {
  const rows = new Map<string, Breakdown>();
  for (const row of all.flat()) rows.set(row.key, sumOf(rows.get(row.key), row));
  return sortedBreakdown(rows.values());
}

function sortedBreakdown(rows: Iterable<Breakdown>): readonly Breakdown[] {
  return [...rows].sort((a, b) => b.self - a.self || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
