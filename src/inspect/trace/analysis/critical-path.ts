import { at, childrenOf, none, type Trace } from '../tree/trace.js';

/** A stretch of the critical path; both ends are nanoseconds since the start of the trace. */
export interface PathSegment {
  /** The span that the time belongs to; `none` where no span ran and the next one was waited for. */
  readonly span: number;
  readonly from: number;
  readonly to: number;
}

export interface CriticalPath {
  /** By time; they touch each other and cover the path's interval. */
  readonly segments: readonly PathSegment[];
  /** When the root has ended: what comes behind goes on without anybody waiting for the root. */
  readonly answeredAt: number;
  /** Nanoseconds of each span that are on the path. */
  readonly onPath: Float64Array;
}

/** Two children of which the second starts a little before the first ends were one after the other: what measured them has no finer clock. */
const tolerance = 1e6;

/**
 * The critical path: the spans whose being faster would have made the whole faster. From the end of the root backwards: the child that
 * finished last is on it, then whatever child had ended before that one began, and so on; time between them is the parent's own. As in
 * CRISP (Zhang et al., USENIX ATC 2022, section 4) and Jaeger's page. Children that end after their parent are cut where it ends, except
 * those that were handed over by a queue: their work is followed to its end. Where work goes on after the root has ended, the path goes
 * on to the last end.
 */
export function criticalPath(trace: Trace): CriticalPath {
  const { start, end, roots, duration } = trace;
  const [root, ...others] = roots;
  const segments: PathSegment[] = [];
  let answeredAt = duration;
  if (root !== undefined) {
    const { reach, handed } = reaches(trace);
    const walk = new Walk(trace, segments);
    if (others.length > 0) walk.run({ span: none, from: 0, to: duration, ends: reach });
    else {
      answeredAt = at(end, root);
      const last = at(reach, root);
      if (last > answeredAt) walk.run({ span: root, from: answeredAt, to: last, ends: reach });
      walk.run({ span: root, from: at(start, root), to: answeredAt, ends: handed });
    }
  }
  const joined = inOrder(segments);
  const onPath = new Float64Array(trace.spans.length);
  for (const { span, from, to } of joined) if (span !== none) onPath[span] = at(onPath, span) + to - from;
  return { segments: joined, answeredAt, onPath };
}

/** Segments by time; two of one span that touch, with a child without duration between them, are one. */
function inOrder(backwards: readonly PathSegment[]): readonly PathSegment[] {
  const segments: PathSegment[] = [];
  for (const segment of backwards.toReversed()) {
    const last = segments.at(-1);
    if (last?.span === segment.span) segments[segments.length - 1] = { ...last, to: segment.to };
    else segments.push(segment);
  }
  return segments;
}

interface Reaches {
  /** The last end in the tree below each span. */
  readonly reach: Float64Array;
  /** The end of each span, or that of what it handed over, which goes on behind it. */
  readonly handed: Float64Array;
}

function reaches({ end, order, parent, isAsync }: Trace): Reaches {
  const reach = end.slice();
  const handed = end.slice();
  for (let next = order.length - 1; next >= 0; next--) {
    const span = at(order, next);
    const above = at(parent, span);
    if (above === none) continue;
    reach[above] = Math.max(at(reach, above), at(reach, span));
    // What is beyond the end of a child that its parent waits for counts only where a queue stands between.
    const beyond =
      at(isAsync, span) === 1 ? at(reach, span) : at(handed, span) > at(end, span) ? at(handed, span) : 0;
    handed[above] = Math.max(at(handed, above), beyond);
  }
  return { reach, handed };
}

interface Frame {
  readonly span: number;
  readonly from: number;
  /** Where the part ends that is still to be walked. */
  to: number;
  readonly top: number;
  /** Last to finish first. */
  readonly children: Int32Array;
  next: number;
}

class Walk {
  readonly #trace: Trace;
  readonly #segments: PathSegment[];

  constructor(trace: Trace, segments: PathSegment[]) {
    this.#trace = trace;
    this.#segments = segments;
  }

  /** Walks a window of a span backwards and adds its segments, the last first. */
  run({
    span,
    from,
    to,
    ends,
  }: {
    readonly span: number;
    readonly from: number;
    readonly to: number;
    readonly ends: Float64Array;
  }): void {
    const { start } = this.#trace;
    const stack: Frame[] = [this.#frame(span, from, to, ends)];
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const child = this.#lastFinishing(frame, ends);
      if (child === undefined) {
        this.#own(frame.span, frame.from, frame.to);
        stack.pop();
        continue;
      }
      const childTo = Math.min(at(ends, child), frame.to);
      const childFrom = Math.max(at(start, child), frame.from);
      this.#own(frame.span, childTo, frame.to);
      frame.to = childFrom;
      stack.push(this.#frame(child, childFrom, childTo, ends));
    }
  }

  #frame(span: number, from: number, to: number, ends: Float64Array): Frame {
    const children =
      span === none ? Int32Array.from(this.#trace.roots) : childrenOf(this.#trace, span).slice();
    children.sort((a, b) => at(ends, b) - at(ends, a) || a - b);
    return { span, from, to, top: to, children, next: 0 };
  }

  /** The child that finished last of those that had ended before what comes behind began. */
  #lastFinishing(frame: Frame, ends: Float64Array): number | undefined {
    const { start } = this.#trace;
    while (frame.next < frame.children.length) {
      const child = at(frame.children, frame.next++);
      const [begins, ended] = [at(start, child), at(ends, child)];
      if (ended <= frame.from) return undefined;
      if (begins >= frame.to) continue;
      const over = ended - frame.to;
      // Beyond the end of the window it is cut; beyond the start of the next child it ran beside it, and nobody waited for it.
      const isBeside = over > 0 && frame.to < frame.top && (over > tolerance || 2 * over > ended - begins);
      if (!isBeside) return child;
    }
    return undefined;
  }

  /** Time that no child has: the span's own as long as it ran, nobody's behind its end. */
  #own(span: number, from: number, to: number): void {
    if (to <= from) return;
    const ended = span === none ? from : Math.min(to, Math.max(from, at(this.#trace.end, span)));
    if (to > ended) this.#segments.push({ span: none, from: ended, to });
    if (ended > from) this.#segments.push({ span, from, to: ended });
  }
}
