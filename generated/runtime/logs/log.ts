// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, trace } from '@opentelemetry/api';
import { countDrop } from '../account.js';
import { outputIsTerminal } from '../host.js';
import { isLogged } from './log-level.js';
import type { LogLevel } from './log-level.js';
import { hasLogWriter, writeLogLine } from './log-output.js';
import { createRedactor, redacted } from '../redaction/redactor.js';
import type { Redaction } from '../redaction/redactor.js';
import { safeText, safeValue } from '../redaction/safe-value.js';
import type { SafeValue } from '../redaction/safe-value.js';

/** The type of a field of a log event. */
export type FieldType = 'string' | 'int' | 'double' | 'boolean' | 'ip' | 'json';

/** What the spec says of an event without fields. */
export interface PlainEventDefinition {
  readonly event: string;
  readonly level: LogLevel;
  readonly category?: string;
  readonly message: string;
}

/** What the spec says of an event with fields. */
export interface EventDefinition<F> extends PlainEventDefinition {
  readonly fields: { readonly [K in keyof NoInfer<F> & string]: FieldType };
}

/** Logs an event. Never throws. */
export type LogEvent<F> = (fields: F) => void;

/** Logs an event that has no fields. Never throws. */
export type PlainLogEvent = () => void;

/** Makes the log events of a service. */
export interface Logger {
  event<F extends object>(definition: EventDefinition<F>): LogEvent<F>;
  plainEvent(definition: PlainEventDefinition): PlainLogEvent;
}

/** What the events of a service share. */
export interface LoggerSettings {
  readonly service: string;
  /** Least level that is written; LOG_LEVEL overrides it. */
  readonly level: LogLevel;
  /** `auto`: pretty on a terminal. */
  readonly format: 'json' | 'pretty' | 'auto';
  readonly redaction?: Redaction;
}

type Line = (readonly [key: string, value: SafeValue])[];

/** Keys that each line has; a field of such a name is written with `field.` before it. */
const ownKeys = new Set(['time', 'level', 'service', 'event', 'category', 'message', 'trace_id', 'span_id']);

/** Makes the log events of a service: one JSON object a line, or a line for people on a terminal. */
export function createLogger(settings: LoggerSettings): Logger {
  const redactor = createRedactor(settings.redaction);
  const isPretty = (): boolean =>
    settings.format === 'pretty' || (settings.format === 'auto' && !hasLogWriter() && outputIsTerminal());

  function writer(definition: PlainEventDefinition, keys: readonly string[]): (fields: object) => void {
    const { event, level, category } = definition;
    const fixed: Line = [
      ['level', level],
      ['service', settings.service],
      ['event', event],
      ...(category === undefined ? [] : ([['category', category]] as const)),
      ['message', safeText(definition.message, redactor)],
    ];
    return (fields) => {
      if (!isLogged(level, settings.level)) return;
      try {
        const line: Line = [['time', new Date().toISOString()], ...fixed, ...traceIds()];
        for (const key of keys) {
          const value = (fields as Record<string, unknown>)[key];
          if (value === undefined) continue;
          const safe = redactor.hides(key, value) ? redacted : safeValue(value, redactor);
          line.push([ownKeys.has(key) ? `field.${key}` : key, safe]);
        }
        writeLogLine(isPretty() ? prettyLine(line) : jsonLine(line));
      } catch {
        countDrop(event, 'internal_error');
      }
    };
  }

  return {
    event: (definition) => writer(definition, Object.keys(definition.fields)),
    plainEvent(definition) {
      const write = writer(definition, []);
      return () => {
        write({});
      };
    },
  };
}

function traceIds(): Line {
  const span = trace.getSpanContext(context.active());
  return span === undefined
    ? []
    : [
        ['trace_id', span.traceId],
        ['span_id', span.spanId],
      ];
}

function jsonLine(line: Line): string {
  return `{${line.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** `12:30:01.250 INFO  run.accepted research task accepted agent=planner`; control characters stay escaped. */
function prettyLine(line: Line): string {
  const of = (name: string): string => {
    const value = line.find(([key]) => key === name)?.[1];
    return typeof value === 'string' ? value : '';
  };
  const rest = line
    .filter(([key]) => !ownKeys.has(key) || key === 'trace_id')
    .map(([key, value]) => `${key}=${plain(value)}`);
  const start = [of('time').slice(11, 23), of('level').toUpperCase().padEnd(5), of('event'), of('message')];
  return [...start, ...rest].join(' ');
}

function plain(value: SafeValue): string {
  return typeof value === 'string' && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}
