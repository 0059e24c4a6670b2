import type { LogLevel } from './log-level.js';

/** Where finished lines go. Never throws. */
export interface LogSink {
  /** @param line without its line end */
  write(line: string, level: LogLevel): void;
  /** Hands on what waits, before it returns. */
  flush(): void;
  close(): void;
}
