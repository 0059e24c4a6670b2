// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { LogLevel } from './log-level.js';
import type { LineWriter } from './line-writer.js';

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
  /** What the compiler has written of the fields: their JSON, each with a comma before it. Absent: put together at run time. */
  readonly write?: (of: NoInfer<F>, line: LineWriter) => string;
}

/** Logs an event. Never throws. */
export type LogEvent<F> = (fields: F) => void;

/** Logs an event that has no fields. Never throws. */
export type PlainLogEvent = () => void;
