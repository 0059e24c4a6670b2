// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import type { Redactor } from '../redaction/redactor.js';
import type { Exporter } from '../sdk/export-queue.js';
import { spanOutlet } from '../sdk/outlets.js';
import { exported, importPackage } from '../sdk/packages.js';
import type { ReadableSpan } from '../sdk/readable.js';
import { spanProcessor } from '../sdk/span-processor.js';
import type { SpanProcessor } from '../sdk/span-processor.js';
import { authHeader } from './dsn.js';
import type { Dsn } from './dsn.js';

type ExporterClass = new (options: {
  readonly url: string;
  readonly headers: object;
}) => Exporter<ReadableSpan>;

/**
 * Sends a share of the traces to Sentry as they are, by OTLP: one span for each operation, whose id is the one that every other back
 * end has. The share is taken by the trace id, so that a trace is there whole, and is a part of those that the head sampling kept.
 */
export async function sentryTraces(
  dsn: Dsn,
  share: number,
  redactor: Redactor,
): Promise<SpanProcessor | undefined> {
  const name = '@opentelemetry/exporter-trace-otlp-proto';
  const OtlpExporter = exported(await importPackage(name), 'OTLPTraceExporter') as ExporterClass | undefined;
  if (OtlpExporter === undefined) {
    diag.warn(`traces are not sent to Sentry: that needs a package that is not installed, ${name}`);
    return undefined;
  }
  const exporter = new OtlpExporter({
    url: `${dsn.api}/integration/otlp/v1/traces/`,
    headers: authHeader(dsn),
  });
  const processor = spanProcessor([spanOutlet(exporter, redactor, false)]);
  return {
    ...processor,
    onEnd(span) {
      if (isKept(span.spanContext().traceId, share)) processor.onEnd(span);
    },
  };
}

/** By the same part of the id, and from the same end, as the head sampler. */
export function isKept(traceId: string, share: number): boolean {
  return Number.parseInt(traceId.slice(-13), 16) >= (1 - share) * 2 ** 52;
}
