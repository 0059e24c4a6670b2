import { at, childrenOf, type Trace } from '../tree/trace.js';

/**
 * The time of each span in which none of its children ran, in nanoseconds: its interval without the union of theirs. Where children
 * neither overlap nor leave their parents, the sum over a tree is the duration of its root.
 */
export function selfTimes(trace: Trace): Float64Array {
  const { start, end, spans } = trace;
  const self = new Float64Array(spans.length);
  for (let span = 0; span < spans.length; span++) {
    const [from, to] = [at(start, span), at(end, span)];
    let covered = 0;
    let until = from;
    // Children stand by start, so that one look at each is enough.
    for (const child of childrenOf(trace, span)) {
      const begins = Math.max(at(start, child), until);
      const ends = Math.min(at(end, child), to);
      if (ends <= begins) continue;
      covered += ends - begins;
      until = ends;
    }
    self[span] = to - from - covered;
  }
  return self;
}
