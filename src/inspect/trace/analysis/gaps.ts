import { at, childrenOf, none, type Trace } from '../tree/trace.js';
import type { CriticalPath, PathSegment } from './critical-path.js';

/** Time of the critical path that nothing explains: a span with children waited, or worked, without a span for it. */
export interface Gap extends PathSegment {
  /** What was on the path before and behind it; `none` at its ends. */
  readonly before: number;
  readonly behind: number;
}

/** The share of the whole from which a gap is worth a line, where no limit is given. */
export const usualGapShare = 0.02;
/** Nanoseconds: less than this is what a span itself costs. */
const leastGap = 1e6;

/**
 * The gaps of a critical path, longest first.
 * @param least nanoseconds; else 2 % of the trace, and at least a millisecond
 */
export function gapsOf(trace: Trace, { segments }: CriticalPath, least?: number): readonly Gap[] {
  const limit = least ?? Math.max(leastGap, usualGapShare * trace.duration);
  return segments
    .flatMap((segment, index): readonly Gap[] => {
      const { span, from, to } = segment;
      if (to - from < limit || (span !== none && childrenOf(trace, span).length === 0)) return [];
      return [
        { ...segment, before: segments[index - 1]?.span ?? none, behind: segments[index + 1]?.span ?? none },
      ];
    })
    .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}

/** A queue between two spans. */
export interface QueueWait {
  readonly span: number;
  readonly from: number;
  readonly to: number;
  /** Whether the time in which the parent itself still worked may be in it: nothing says when it handed the work over. */
  readonly isUpperBound: boolean;
}

/** How long work waited between who handed it over and who took it, longest first. */
export function queueWaits(trace: Trace): readonly QueueWait[] {
  const { spans, parent, isAsync, start, end } = trace;
  const found: QueueWait[] = [];
  for (let span = 0; span < spans.length; span++) {
    const above = at(parent, span);
    if (at(isAsync, span) === 0 || above === none) continue;
    const isKnown = spans[above]?.kind === 'producer';
    const from = isKnown ? Math.min(at(end, above), at(start, span)) : at(start, above);
    const to = at(start, span);
    if (to > from) found.push({ span, from, to, isUpperBound: !isKnown });
  }
  return found.sort((a, b) => b.to - b.from - (a.to - a.from) || a.span - b.span);
}
