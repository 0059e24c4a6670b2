import type { NoteKind, TraceSpan } from '../span.js';
import { none } from './trace.js';

interface Parents {
  /** Spans that stay, those that came twice left out. */
  readonly spans: readonly TraceSpan[];
  readonly parent: Int32Array;
  readonly notes: ReadonlyMap<NoteKind, number>;
}

/** Finds the parent of each span, and breaks what goes in circles. */
export function parentsOf(given: readonly TraceSpan[]): Parents {
  const notes = new Map<NoteKind, number>();
  const note = (kind: NoteKind): void => void notes.set(kind, (notes.get(kind) ?? 0) + 1);
  const { spans, byId, serverOf } = withoutDuplicates(given, note);
  const parent = new Int32Array(spans.length).fill(none);
  for (const [index, span] of spans.entries()) {
    const client = serverOf.get(index);
    if (client !== undefined) {
      parent[index] = client;
      continue;
    }
    if (span.parentId === undefined) continue;
    const found = byId.get(span.parentId);
    if (found === undefined) note('orphans');
    else parent[index] = found;
  }
  breakCircles(parent, note);
  return { spans, parent, notes };
}

interface Distinct {
  readonly spans: readonly TraceSpan[];
  /** What children with such a parent are below. */
  readonly byId: ReadonlyMap<string, number>;
  /** Index of a server's span to that of the client's span with the same id. */
  readonly serverOf: ReadonlyMap<number, number>;
}

/**
 * A span may have been written twice, by retries of an exporter or by two pipelines: of two with one id and kind the longer stays. A client
 * and a server that share an id, as Zipkin's do, are two spans.
 */
function withoutDuplicates(given: readonly TraceSpan[], note: (kind: NoteKind) => void): Distinct {
  const byIdAndKind = new Map<string, TraceSpan>();
  for (const span of given) {
    const key = `${span.id} ${span.kind === 'server' || span.kind === 'client' ? span.kind : ''}`;
    const same = byIdAndKind.get(key);
    if (same !== undefined) note('duplicates');
    if (same === undefined || span.end - span.start > same.end - same.start) byIdAndKind.set(key, span);
  }
  const spans = [...byIdAndKind.values()].sort(
    (a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const byId = new Map<string, number>();
  const serverOf = new Map<number, number>();
  for (const [index, span] of spans.entries()) {
    const other = byId.get(span.id);
    if (other === undefined) {
      byId.set(span.id, index);
      continue;
    }
    const isServer = span.kind === 'server' && spans[other]?.kind === 'client';
    const isClient = span.kind === 'client' && spans[other]?.kind === 'server';
    if (isServer) {
      serverOf.set(index, other);
      byId.set(span.id, index);
    } else if (isClient) serverOf.set(other, index);
  }
  return { spans, byId, serverOf };
}

/** Spans whose parents lead back to them have no root above: the first to start of each circle becomes one. */
function breakCircles(parent: Int32Array, note: (kind: NoteKind) => void): void {
  const unseen = 0;
  const done = parent.length + 1;
  const seenIn = new Int32Array(parent.length);
  for (let from = 0; from < parent.length; from++) {
    const walk = from + 1;
    let here = from;
    while (here !== none && seenIn[here] === unseen) {
      seenIn[here] = walk;
      here = parent[here] ?? none;
    }
    if (here !== none && seenIn[here] === walk) {
      // Spans stand by start, so that the least index is the first to start.
      let first = here;
      for (let next = parent[here] ?? none; next !== here; next = parent[next] ?? none)
        first = Math.min(first, next);
      parent[first] = none;
      note('cycles');
    }
    for (let mark = from; mark !== none && seenIn[mark] === walk; mark = parent[mark] ?? none)
      seenIn[mark] = done;
  }
}
