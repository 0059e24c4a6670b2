import type { TraceNote, TraceSpan } from '../span.js';

/** No span: the parent of a root. */
export const none = -1;

/**
 * The spans of one trace as a forest, in arrays by the index of the span: a trace may have 200,000 of them. Times are nanoseconds since
 * the first start, with the clocks of processes set to that of the root's, and no end is before its start.
 */
export interface Trace {
  readonly id: string;
  /** By start, then by end, longest first. */
  readonly spans: readonly TraceSpan[];
  readonly parent: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** By start. */
  readonly roots: readonly number[];
  /** Parents before their children, siblings by start. */
  readonly order: Int32Array;
  readonly depth: Int32Array;
  /** The children of span `i`, by start: `childList[childFrom[i] .. childFrom[i + 1]]`. */
  readonly childFrom: Int32Array;
  readonly childList: Int32Array;
  /** Whether a span goes on while its parent does not wait for it: it was handed over by a queue. */
  readonly isAsync: Uint8Array;
  /** Of the last end. */
  readonly duration: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly notes: readonly TraceNote[];
}

/** The children of a span, by start. */
export function childrenOf({ childFrom, childList }: Trace, span: number): Int32Array {
  return childList.subarray(childFrom[span] ?? 0, childFrom[span + 1] ?? 0);
}

/** A value of a typed array at an index that is in it. */
export function at(values: Int32Array | Float64Array | Uint8Array, index: number): number {
  return values[index] ?? 0;
}

/** The span of an index. @throws where there is none: a bug of ours */
export function spanAt({ spans }: Pick<Trace, 'spans'>, index: number): TraceSpan {
  const span = spans[index];
  if (span === undefined) throw new Error(`bug: there is no span ${index}`);
  return span;
}

/** The duration of a span, in nanoseconds. */
export function durationOf({ start, end }: Trace, span: number): number {
  return at(end, span) - at(start, span);
}
