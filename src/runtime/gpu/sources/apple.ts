import { parseIoreg } from '../parse/ioreg.js';
import type { GpuSourceOptions } from '../source.js';
import { PollingReader } from './polling.js';
import type { Reader } from './reader.js';

/** `ioreg`, the one tool that tells of the device without root. */
export function ioreg({ command, interval, timeout }: GpuSourceOptions): Reader {
  const program = command ?? 'ioreg';
  return new PollingReader({
    tool: program,
    command: { program, parameters: ['-r', '-d', '1', '-w', '0', '-c', 'IOAccelerator'] },
    interval,
    timeout,
    parse: (output) => parseIoreg(output),
  });
}
