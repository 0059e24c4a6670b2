// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Redactor } from '../redaction/redactor.js';
import { DirectOutlet } from './direct-outlet.js';
import { ExportQueue } from './export-queue.js';
import type { Exporter, Outlet } from './export-queue.js';
import { exportersFor, namesIn } from './exporters.js';
import { memoryExporter } from './memory-exporter.js';
import { isOwn } from './own-scopes.js';
import type { Packages } from './packages.js';
import { queueLimits } from './queue-limits.js';
import { pendingResource } from './readable.js';
import type { ReadableLogRecord, ReadableSpan } from './readable.js';
import { scrubbedOwnSpan, scrubbedRecord, scrubbedSpan } from './scrub.js';

/** Exporters that send nothing over a network. */
const direct = new Set(['console', 'memory']);

/** The exporters of OTEL_TRACES_EXPORTER: OTLP where it is not set. */
export function spanExporterNames(): readonly string[] {
  const names = namesIn('OTEL_TRACES_EXPORTER');
  if (names.includes('none')) return [];
  return names.length === 0 ? ['otlp'] : names;
}

/** The exporters of OTEL_LOGS_EXPORTER: none where it is not set, because log lines are written. */
export function logExporterNames(): readonly string[] {
  const names = namesIn('OTEL_LOGS_EXPORTER');
  return names.includes('none') ? [] : names;
}

/** Where spans go as the standard variables have it. */
export function spanOutlets(packages: Packages, redactor: Redactor): readonly Outlet<ReadableSpan>[] {
  return exportersFor<ReadableSpan>('traces', spanExporterNames(), packages, { memory: memoryExporter }).map(
    ({ name, exporter }) => spanOutlet(exporter, redactor, direct.has(name)),
  );
}

/** Where the spans of an exporter wait; they lose their secrets before they are sent, outside of any request. */
export function spanOutlet(
  exporter: Exporter<ReadableSpan>,
  redactor: Redactor,
  isDirect: boolean,
): Outlet<ReadableSpan> {
  const definition = {
    signal: 'spans' as const,
    exporter,
    prepare: (spans: readonly ReadableSpan[]) =>
      spans.map((span) => (isOwn(span) ? scrubbedOwnSpan(span, redactor) : scrubbedSpan(span, redactor))),
  };
  if (isDirect) return new DirectOutlet(definition);
  return new ExportQueue({
    ...definition,
    limits: queueLimits('OTEL_BSP'),
    ready: ([first]) => (first === undefined ? undefined : pendingResource(first)),
  });
}

/** Where log records go as the standard variables have it. */
export function logOutlets(packages: Packages, redactor: Redactor): readonly Outlet<ReadableLogRecord>[] {
  return exportersFor<ReadableLogRecord>('logs', logExporterNames(), packages).map(({ name, exporter }) => {
    const definition = {
      signal: 'logs' as const,
      exporter,
      prepare: (records: readonly ReadableLogRecord[]) =>
        records.map((record) => (isOwn(record) ? record : scrubbedRecord(record, redactor))),
    };
    if (direct.has(name)) return new DirectOutlet(definition);
    return new ExportQueue({
      ...definition,
      limits: queueLimits('OTEL_BLRP'),
      ready: ([first]) => (first === undefined ? undefined : pendingResource(first)),
    });
  });
}
