import type { Paint } from '../../../diagnostics/render/style.js';
import { visible } from '../../../diagnostics/render/visible.js';
import type { TraceAnalysis } from '../analysis/analyse-trace.js';
import { at, durationOf, none, spanAt } from '../tree/trace.js';
import { fitted } from './table.js';
import { durationText, spanSubject, spanTitle } from './words.js';

/** One line of a waterfall: a span, or how many were left out below one. */
export type WaterfallRow =
  { readonly span: number; readonly hidden?: undefined } | { readonly span: number; readonly hidden: number };

/**
 * The spans to show where not all can be: those on the critical path and those that failed first, then the longest, each with all that
 * is above it.
 * @param most spans
 */
export function chosenSpans({ trace, path }: TraceAnalysis, most: number): ReadonlySet<number> {
  const { spans, parent } = trace;
  if (spans.length <= most) return new Set(trace.order);
  const weight = Float64Array.from(spans, (span, index) => {
    const onPath = at(path.onPath, index);
    // Whatever time: on the path is worth more than beside it, and a failure lies between.
    return (
      (onPath > 0 ? 2 * trace.duration + onPath : span.isError ? trace.duration : 0) +
      durationOf(trace, index)
    );
  });
  const byWeight = Int32Array.from(spans, (_, index) => index).sort(
    (a, b) => at(weight, b) - at(weight, a) || a - b,
  );
  const chosen = new Set<number>();
  for (const span of byWeight) {
    if (chosen.size >= most) break;
    // One that is too deep for the room that is left is left out with all above it; mostly its depth alone says so.
    if (at(trace.depth, span) >= most) continue;
    const room = most - chosen.size;
    let missing = 0;
    let next = span;
    while (next !== none && !chosen.has(next) && missing <= room) {
      missing += 1;
      next = at(parent, next);
    }
    if (missing > room) continue;
    for (let each = span; each !== next; each = at(parent, each)) chosen.add(each);
  }
  return chosen;
}

/** The lines of a waterfall in the order of the tree. */
export function waterfallRows(analysis: TraceAnalysis, most: number): readonly WaterfallRow[] {
  const { trace } = analysis;
  const chosen = chosenSpans(analysis, most);
  const isWhole = chosen.size === trace.spans.length;
  const below = isWhole ? undefined : hiddenBelow(analysis, chosen);
  const rows: WaterfallRow[] = [];
  // Behind the last line below a span comes what was left out below it.
  const open: { readonly span: number; readonly depth: number }[] = [];
  const closeTo = (depth: number): void => {
    while ((open.at(-1)?.depth ?? -1) >= depth) {
      const { span } = open.pop() ?? { span: none };
      const hidden = span === none || below === undefined ? 0 : at(below, span);
      if (hidden > 0) rows.push({ span, hidden });
    }
  };
  for (const span of trace.order) {
    if (!chosen.has(span)) continue;
    const depth = at(trace.depth, span);
    closeTo(depth);
    rows.push({ span });
    open.push({ span, depth });
  }
  closeTo(0);
  return rows;
}

/** How many spans below each chosen one are not shown, up to the next chosen one. */
function hiddenBelow({ trace }: TraceAnalysis, chosen: ReadonlySet<number>): Int32Array {
  const hidden = new Int32Array(trace.spans.length);
  for (let next = trace.order.length - 1; next >= 0; next--) {
    const span = at(trace.order, next);
    const above = at(trace.parent, span);
    if (above === none || chosen.has(span)) continue;
    hidden[above] = at(hidden, above) + at(hidden, span) + 1;
  }
  return hidden;
}

function titleOf(analysis: TraceAnalysis, span: number): string {
  const subject = spanSubject(analysis, span);
  const title = spanTitle(analysis.trace, span);
  return subject === undefined ? title : `${title} ${subject}`;
}

const deepestIndent = 12;
const durationColumns = 8;

/** Draws the waterfall: what is on the critical path in full blocks, what is not in light ones. */
export function waterfallLines(
  analysis: TraceAnalysis,
  { most, width, paint }: { readonly most: number; readonly width: number; readonly paint: Paint },
): readonly string[] {
  const { trace, path } = analysis;
  const label = Math.max(16, Math.floor(width * 0.42));
  const room = Math.max(10, width - label - durationColumns - 4);
  const scale = trace.duration === 0 ? 0 : room / trace.duration;
  return waterfallRows(analysis, most).map((row) => {
    const depth = at(trace.depth, row.span) + (row.hidden === undefined ? 0 : 1);
    const indent = ' '.repeat(Math.min(depth, deepestIndent)) + (depth > deepestIndent ? `${depth}: ` : '');
    if (row.hidden !== undefined)
      return paint('gutter', fitted(`${indent}… ${row.hidden} more`, label).trimEnd());
    const { span } = row;
    const { service, isError } = spanAt(trace, span);
    const above = at(trace.parent, span);
    const isOther = above === none || spanAt(trace, above).service !== service;
    const title = `${indent}${isError ? '! ' : ''}${visible(titleOf(analysis, span))}${isOther ? ` (${visible(service)})` : ''}`;
    const from = Math.min(room - 1, Math.floor(at(trace.start, span) * scale));
    const to = Math.max(from + 1, Math.min(room, Math.round(at(trace.end, span) * scale)));
    const isOnPath = at(path.onPath, span) > 0;
    const bar = (isOnPath ? '█' : '░').repeat(to - from);
    const text = fitted(title, label);
    const name = isError ? paint('error', text) : isOnPath ? paint('strong', text) : text;
    const time = durationText(durationOf(trace, span)).padStart(durationColumns);
    return `${name} ${time}  ${' '.repeat(from)}${isOnPath ? paint(isError ? 'error' : 'warning', bar) : paint('gutter', bar)}`;
  });
}
