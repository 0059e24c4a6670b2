// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countLost } from '../account.js';
import { shared } from '../shared.js';
import type { LogLevel } from './log-level.js';
import type { LogSink } from './log-sink.js';
import { onProcessEnd } from './process-end.js';

/** Takes a finished line, without its line end. */
export type LogWriter = (line: string) => void;

interface Outputs {
  write: LogWriter | undefined;
  /** By what describes each completely: two packages that name one file write through one sink. */
  readonly sinks: Map<string, LogSink>;
}

const outputs = shared('log outputs', (): Outputs => {
  const made: Outputs = { write: undefined, sinks: new Map() };
  onProcessEnd(() => {
    flushAll(made);
  });
  return made;
});

/** Sends lines elsewhere than to the outputs of the spec; undefined: back to them. */
export function setLogWriter(write: LogWriter | undefined): void {
  outputs.write = write;
}

/** The writer of the program's, where lines go to one. */
export function logWriter(): LogWriter | undefined {
  return outputs.write;
}

/** The sink of that description; `create` runs for the first who asks. */
export function sharedSink(description: string, create: () => LogSink): LogSink {
  let sink = outputs.sinks.get(description);
  if (sink === undefined) outputs.sinks.set(description, (sink = create()));
  return sink;
}

/** Hands on all lines that wait, before it returns: what a program calls before it ends by a signal. Never throws. */
export function flushLogs(): void {
  flushAll(outputs);
}

/** Writes a line to sinks; one that fails does not keep it from the others. */
export function writeTo(sinks: readonly LogSink[], line: string, level: LogLevel): void {
  for (const sink of sinks) {
    try {
      sink.write(line, level);
    } catch {
      countLost('logs', 'write_failed');
    }
  }
}

function flushAll({ sinks }: Outputs): void {
  for (const sink of sinks.values()) {
    try {
      sink.flush();
    } catch {
      // The sink keeps and counts what it could not hand on.
    }
  }
}
