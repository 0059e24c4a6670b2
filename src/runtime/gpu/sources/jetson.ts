import { parseTegrastats } from '../parse/tegrastats.js';
import type { GpuSourceOptions } from '../source.js';
import type { Reader } from './reader.js';
import { lineByLine } from './rounds.js';
import { StreamingReader } from './streaming.js';

/** One `tegrastats` that runs on. */
export function tegrastats({ command, interval, timeout }: GpuSourceOptions): Reader {
  const program = command ?? 'tegrastats';
  return new StreamingReader({
    tool: program,
    command: { program, parameters: ['--interval', String(Math.round(interval * 1000))] },
    interval,
    timeout,
    firstAfter: interval,
    shape: lineByLine,
    parse: (output) => parseTegrastats(output),
  });
}
