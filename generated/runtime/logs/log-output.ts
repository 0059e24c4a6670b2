// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { writeOutput } from '../host.js';
import { shared } from '../shared.js';

/** Takes a finished line, without its line end. */
export type LogWriter = (line: string) => void;

const output = shared('log output', (): { write: LogWriter | undefined } => ({ write: undefined }));

/** Sends lines elsewhere than to standard output; undefined: back to it. */
export function setLogWriter(write: LogWriter | undefined): void {
  output.write = write;
}

/** Whether lines go to a writer of the program's. */
export function hasLogWriter(): boolean {
  return output.write !== undefined;
}

/** Writes a line. */
export function writeLogLine(line: string): void {
  if (output.write === undefined) writeOutput(`${line}\n`);
  else output.write(line);
}
