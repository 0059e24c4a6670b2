// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countLost } from '../account.js';
import { shared } from '../shared.js';
import type { Exporter } from './export-queue.js';
import type { ReadableSpan } from './readable.js';

const maxSpans = 10_000;

const kept = shared('exported spans', (): { spans: ReadableSpan[] } => ({ spans: [] }));

/** The spans that were exported to memory so far, as OTEL_TRACES_EXPORTER=memory has it: for tests of a service. */
export function exportedSpans(): readonly ReadableSpan[] {
  return kept.spans;
}

/** Forgets the spans that were exported to memory. */
export function forgetExportedSpans(): void {
  kept.spans = [];
}

/** Keeps spans in memory, up to a bound; what is beyond it is counted as lost. */
export function memoryExporter(): Exporter<ReadableSpan> {
  return {
    export(spans, done) {
      const room = Math.max(0, maxSpans - kept.spans.length);
      kept.spans.push(...spans.slice(0, room));
      if (room < spans.length) countLost('spans', 'queue_full', spans.length - room);
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
}
