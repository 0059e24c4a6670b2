import { counted, type Intake } from '../read/intake.js';
import type { NoteKind, TraceNote, TraceSpan } from '../span.js';
import { clockOffsets } from './clocks.js';
import { parentsOf } from './parents.js';
import { none, type Trace } from './trace.js';

/** The traces among spans, by when they started. */
export function tracesOf({
  spans,
  dateOf,
}: {
  readonly spans: readonly TraceSpan[];
  readonly dateOf: Intake['dateOf'];
}): readonly Trace[] {
  const byId = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    const found = byId.get(span.traceId);
    if (found === undefined) byId.set(span.traceId, [span]);
    else found.push(span);
  }
  const starts = new Map<Trace, number>();
  const traces = [...byId].map(([id, own]) => {
    const { trace, first } = traceOf(id, own, dateOf);
    starts.set(trace, first);
    return trace;
  });
  return traces.sort((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0));
}

/** Builds the forest of one trace; whatever the spans say, there is one. */
function traceOf(
  id: string,
  given: readonly TraceSpan[],
  dateOf: Intake['dateOf'],
): { readonly trace: Trace; readonly first: number } {
  const { spans, parent, notes } = parentsOf(given);
  const counts = new Map(notes);
  const note = (kind: NoteKind): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const { offsets, corrected } = clockOffsets(spans, parent);
  const start = new Float64Array(spans.length);
  const end = new Float64Array(spans.length);
  let first = Infinity;
  for (const [index, span] of spans.entries()) {
    const offset = offsets.get(span.process) ?? 0;
    if (span.end < span.start) note('negative-durations');
    start[index] = span.start + offset;
    end[index] = Math.max(span.start, span.end) + offset;
    first = Math.min(first, span.start + offset);
  }
  if (spans.length === 0) first = 0;
  let duration = 0;
  for (let index = 0; index < spans.length; index++) {
    start[index] = (start[index] ?? 0) - first;
    end[index] = (end[index] ?? 0) - first;
    duration = Math.max(duration, end[index] ?? 0);
  }
  const shape = shapeOf(parent, start);
  if (shape.roots.length > 1) counts.set('several-roots', shape.roots.length);
  const isAsync = new Uint8Array(spans.length);
  for (const [index, span] of spans.entries()) {
    const above = parent[index] ?? none;
    if (above === none) continue;
    if (span.kind === 'consumer' || spans[above]?.kind === 'producer') isAsync[index] = 1;
    else if ((start[index] ?? 0) < (start[above] ?? 0) || (start[index] ?? 0) > (end[above] ?? 0))
      note('outside-parent');
  }
  const links = spans.reduce((sum, span) => sum + span.links.length, 0);
  if (links > 0) counts.set('links', links);
  const trace: Trace = {
    ...{ id, spans, parent, start, end, isAsync, duration, startedAt: dateOf(first) },
    ...shape,
    notes: [
      ...[...counts].map(([kind, count]) => ({ kind, count, text: sentence(kind, count) })),
      ...corrected.map(({ service, against, added }): TraceNote =>
        added === 0
          ? {
              kind: 'clock-contradiction',
              count: 1,
              text: `the clocks of ${service} and ${against} disagree, and no one offset explains all calls; left as they are`,
            }
          : {
              kind: 'clock-corrected',
              count: 1,
              text: `the clock of ${service} was ${milliseconds(Math.abs(added))} ${added < 0 ? 'ahead of' : 'behind'} that of ${against}; corrected`,
            },
      ),
    ],
  };
  return { trace, first };
}

function milliseconds(nanoseconds: number): string {
  return `${Number((nanoseconds / 1e6).toPrecision(3))} ms`;
}

function sentence(kind: NoteKind, count: number): string {
  const one = count === 1;
  switch (kind) {
    case 'duplicates':
      return `${counted(count, 'span')} came more than once; the longest of each stays`;
    case 'orphans':
      return `${counted(count, 'span')} ${one ? 'has' : 'have'} a parent that is not there; taken as ${one ? 'a root' : 'roots'}`;
    case 'cycles':
      return `${counted(count, 'circle')} of parents ${one ? 'was' : 'were'} cut at the span that starts first`;
    case 'several-roots':
      return `the trace has ${count} roots; its path goes over all of them`;
    case 'negative-durations':
      return `${counted(count, 'span')} ${one ? 'ends' : 'end'} before ${one ? 'its' : 'their'} start; taken as ended at once`;
    case 'outside-parent':
      return `${counted(count, 'span')} ${one ? 'begins' : 'begin'} outside of ${one ? 'its parent' : 'their parents'}`;
    case 'links':
      return `${counted(count, 'link')} to other spans`;
    case 'unreadable-lines':
    case 'odd-ids':
    case 'no-id':
    case 'no-times':
    case 'unfinished':
    case 'several-resources':
    case 'clock-corrected':
    case 'clock-contradiction':
      return `${kind}: ${count}`;
  }
}

/** Children, roots, order and depth, without recursion: a chain may be as long as the trace. */
function shapeOf(
  parent: Int32Array,
  start: Float64Array,
): Pick<Trace, 'roots' | 'order' | 'depth' | 'childFrom' | 'childList'> {
  const count = parent.length;
  const childFrom = new Int32Array(count + 1);
  const sorted = Int32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (start[a] ?? 0) - (start[b] ?? 0) || a - b,
  );
  for (const above of parent) if (above !== none) childFrom[above + 1] = (childFrom[above + 1] ?? 0) + 1;
  for (let index = 0; index < count; index++)
    childFrom[index + 1] = (childFrom[index + 1] ?? 0) + (childFrom[index] ?? 0);
  const childList = new Int32Array(childFrom[count] ?? 0);
  const next = childFrom.slice(0, count);
  const roots: number[] = [];
  for (const index of sorted) {
    const above = parent[index] ?? none;
    if (above === none) roots.push(index);
    else {
      childList[next[above] ?? 0] = index;
      next[above] = (next[above] ?? 0) + 1;
    }
  }
  const order = new Int32Array(count);
  const depth = new Int32Array(count);
  const stack = [...roots].reverse();
  for (let written = 0, index = stack.pop(); index !== undefined; index = stack.pop()) {
    order[written++] = index;
    const above = parent[index] ?? none;
    depth[index] = above === none ? 0 : (depth[above] ?? 0) + 1;
    for (let child = (childFrom[index + 1] ?? 0) - 1; child >= (childFrom[index] ?? 0); child--)
      stack.push(childList[child] ?? 0);
  }
  return { roots, order, depth, childFrom, childList };
}
