// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context } from '@opentelemetry/api';
import { countLost } from '../account.js';
import { logRecordEmitter } from '../sdk/log-records.js';
import type { LogLevel } from './log-level.js';
import type { LogSink } from './log-sink.js';

/** Keys of a line that an OTLP record has fields of its own for, or its resource. */
const placed = new Set(['time', 'level', 'service', 'event', 'message', 'trace_id', 'span_id']);

/** Hands lines, as records, to the exporters that `telemetry.start()` has brought into service; before that, nothing is sent. */
export const otlpOutput: LogSink = {
  write(line: string, level: LogLevel) {
    try {
      const emit = logRecordEmitter();
      if (emit === undefined) return;
      const parts = JSON.parse(line) as Record<string, unknown>;
      const attributes = Object.fromEntries(Object.entries(parts).filter(([key]) => !placed.has(key)));
      emit({
        timeMilliseconds: Date.parse(String(parts['time'])),
        severity: level,
        ...(typeof parts['event'] === 'string' ? { eventName: parts['event'] } : {}),
        body: String(parts['message']),
        attributes,
        context: context.active(),
      });
    } catch {
      countLost('logs', 'export_failed');
    }
  },
  flush() {
    // The queues of the exporters send on their own, and `telemetry.shutdown()` waits for them.
  },
  close() {
    // They belong to the tracing.
  },
};
