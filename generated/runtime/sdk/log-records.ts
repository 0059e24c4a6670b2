// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { shared } from '../shared.js';
import type { Outlet } from './export-queue.js';
import type { ReadableLogRecord, ReadableResource } from './readable.js';

/** A log line that is to be exported; everything in it has been redacted. */
export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly timeMilliseconds: number;
  readonly severity: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** The event's name in the spec, where it is one of its events. */
  readonly eventName?: string;
  readonly body: string;
  /** Data that JSON can hold. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where the line was logged: its span is that of the record. */
  readonly context?: Context;
}

/** Numbers of https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const severities = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const;

interface Sink {
  emit: ((record: LogRecord) => void) | undefined;
}

const sink = shared('log records', (): Sink => ({ emit: undefined }));

/** Sends a log line by OTLP; undefined while the operator asks for none (`OTEL_LOGS_EXPORTER`). To be asked for at each line. */
export function logRecordEmitter(): ((record: LogRecord) => void) | undefined {
  return sink.emit;
}

/** Lets log lines go to queues from now on; returns the end of it. */
export function openLogRecords(
  queues: readonly Outlet<ReadableLogRecord>[],
  resource: ReadableResource,
  scope: string,
): () => void {
  // One object for all records: exporters group by its identity.
  const instrumentationScope = { name: scope };
  const emit = (record: LogRecord): void => {
    const readable = readableRecord(record, resource, instrumentationScope);
    for (const queue of queues) queue.add(readable);
  };
  sink.emit = emit;
  return () => {
    if (sink.emit === emit) sink.emit = undefined;
  };
}

function readableRecord(
  record: LogRecord,
  resource: ReadableResource,
  instrumentationScope: ReadableLogRecord['instrumentationScope'],
): ReadableLogRecord {
  const { timeMilliseconds, severity, eventName, context } = record;
  const seconds = Math.floor(timeMilliseconds / 1000);
  const time: [number, number] = [seconds, Math.round((timeMilliseconds - seconds * 1000) * 1e6)];
  const spanContext = context === undefined ? undefined : trace.getSpanContext(context);
  return {
    hrTime: time,
    hrTimeObserved: time,
    ...(spanContext === undefined || !isSpanContextValid(spanContext) ? {} : { spanContext }),
    severityText: severity.toUpperCase(),
    severityNumber: severities[severity],
    ...(eventName === undefined ? {} : { eventName }),
    body: record.body,
    resource,
    instrumentationScope,
    attributes: record.attributes,
    droppedAttributesCount: 0,
  };
}

/** A processor of log records in the shape of the SDK: other loggers of the program export through the same queues. */
export function logRecordProcessor(queues: readonly Outlet<ReadableLogRecord>[]): object {
  return {
    onEmit(record: ReadableLogRecord) {
      for (const queue of queues) queue.add(record);
    },
    forceFlush: async () => {
      await Promise.all(queues.map((queue) => queue.flush()));
    },
    shutdown: async () => {
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
}
