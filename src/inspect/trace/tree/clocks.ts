import type { TraceSpan } from '../span.js';
import { none } from './trace.js';

/** A process whose clock was not that of the process above it. */
export interface ClockOffset {
  readonly service: string;
  /** The service that it was compared with. */
  readonly against: string;
  /** Nanoseconds that were added to its times; 0 where the calls contradict each other and nothing was done. */
  readonly added: number;
}

interface Bounds {
  low: number;
  high: number;
  readonly from: number;
  readonly to: number;
}

/**
 * How much to add to the times of each process. Every call between two processes says something: the server's span lies within the
 * client's, so that the offset is at least `client.start - server.start` and at most `client.end - server.end`. Where zero is within the
 * bounds of all calls, the clocks agree as far as anybody can know; where not, the middle of the bounds is taken, as NTP does (RFC 5905,
 * section 8, takes the two delays for equal).
 */
export function clockOffsets(
  spans: readonly TraceSpan[],
  parent: Int32Array,
): { readonly offsets: ReadonlyMap<string, number>; readonly corrected: readonly ClockOffset[] } {
  const calls = boundsOfCalls(spans, parent);
  const offsets = new Map<string, number>();
  const corrected: ClockOffset[] = [];
  // Processes are reached from the one of the first span on, so that its clock is the one that counts.
  const waiting = [...calls.keys()];
  const called = new Set([...calls.values()].flatMap((to) => [...to.keys()]));
  for (const process of waiting) if (!called.has(process)) offsets.set(process, 0);
  const queue = [...offsets.keys()];
  const visit = (from: string): void => {
    for (const [to, bounds] of calls.get(from) ?? []) {
      if (offsets.has(to)) continue;
      const base = offsets.get(from) ?? 0;
      const added = between(bounds);
      offsets.set(to, base + (added ?? 0));
      queue.push(to);
      if (added !== 0)
        corrected.push({
          service: spans[bounds.to]?.service ?? '',
          against: spans[bounds.from]?.service ?? '',
          added: added ?? 0,
        });
    }
  };
  for (let next = 0; next < queue.length; next++) visit(queue[next] ?? '');
  // Processes that only call each other in a circle.
  for (const process of waiting) {
    if (offsets.has(process)) continue;
    offsets.set(process, 0);
    const before = queue.push(process) - 1;
    for (let next = before; next < queue.length; next++) visit(queue[next] ?? '');
  }
  return { offsets, corrected };
}

type Calls = ReadonlyMap<string, ReadonlyMap<string, Bounds>>;

function boundsOfCalls(spans: readonly TraceSpan[], parent: Int32Array): Calls {
  const calls = new Map<string, Map<string, Bounds>>();
  for (const [index, span] of spans.entries()) {
    const above = parent[index] ?? none;
    const caller = spans[above];
    if (caller === undefined || caller.process === span.process) continue;
    // Only who waits for an answer surrounds the other side.
    if (caller.kind !== 'client' || span.kind !== 'server') continue;
    let ofCaller = calls.get(caller.process);
    if (ofCaller === undefined) calls.set(caller.process, (ofCaller = new Map<string, Bounds>()));
    // A server that outlives its client was given up: that says nothing of its end.
    const low = caller.start - span.start;
    const high = span.end - span.start <= caller.end - caller.start ? caller.end - span.end : Infinity;
    const known = ofCaller.get(span.process);
    if (known === undefined) ofCaller.set(span.process, { low, high, from: above, to: index });
    else {
      known.low = Math.max(known.low, low);
      known.high = Math.min(known.high, high);
    }
  }
  return calls;
}

/** Nanoseconds; undefined where the calls contradict each other. */
function between({ low, high }: Bounds): number | undefined {
  if (low <= 0 && high >= 0) return 0;
  if (low > high) return undefined;
  return high === Infinity ? low : (low + high) / 2;
}
