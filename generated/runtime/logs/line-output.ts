// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { LogLevel } from './log-level.js';
import { flushLogs, logWriter, writeTo } from './log-output.js';
import type { LogSink } from './log-sink.js';
import { chosenSinks } from './output-choice.js';
import type { LogOutputs } from './output-choice.js';
import { prettyLine } from './pretty-line.js';

/** Takes a finished line of JSON, without its line end. Throws what the program's own writer throws. */
export type LineOutput = (line: string, level: LogLevel) => void;

/** Brings lines to the program's writer, or to the outputs of the spec and the environment, which are opened for the first line. */
export function lineOutput(format: 'json' | 'pretty' | 'auto', outputs: LogOutputs): LineOutput {
  let sinks: readonly LogSink[] | undefined;
  return (line, level) => {
    const write = logWriter();
    if (write !== undefined) {
      write(format === 'pretty' ? prettyLine(line) : line);
      return;
    }
    writeTo((sinks ??= chosenSinks(format, outputs)), line, level);
    // What comes next may be the end of the process.
    if (level === 'fatal') flushLogs();
  };
}
