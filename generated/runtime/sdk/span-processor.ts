// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { TraceFlags } from '@opentelemetry/api';
import type { Outlet } from './export-queue.js';
import type { ReadableSpan } from './readable.js';
import { addRecentSpan, keepsRecentSpans } from './recent-spans.js';

/** A processor of spans in the shape of the SDK. */
export interface SpanProcessor {
  onStart(): void;
  onEnd(span: ReadableSpan): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Hands spans that end to the queues of the exporters, and to those who look at the last ones. */
export function spanProcessor(queues: readonly Outlet<ReadableSpan>[]): SpanProcessor {
  return {
    onStart() {
      // Only spans that have ended are exported.
    },
    onEnd(span) {
      if (keepsRecentSpans()) addRecentSpan(span);
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      for (const queue of queues) queue.add(span);
    },
    forceFlush: () => all(queues.map((queue) => queue.flush())),
    shutdown: () => all(queues.map((queue) => queue.close())),
  };
}

async function all(works: readonly Promise<void>[]): Promise<void> {
  await Promise.all(works);
}
