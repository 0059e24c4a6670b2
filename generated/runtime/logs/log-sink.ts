// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { LogLevel } from './log-level.js';

/** Where finished lines go. Never throws. */
export interface LogSink {
  /** @param line without its line end */
  write(line: string, level: LogLevel): void;
  /** Hands on what waits, before it returns. */
  flush(): void;
  close(): void;
}
