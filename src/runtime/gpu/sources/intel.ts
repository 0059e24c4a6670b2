import type { GpuFault } from '../failure.js';
import { parseXpuSmi } from '../parse/xpu-smi.js';
import type { GpuSourceOptions } from '../source.js';
import { PollingReader } from './polling.js';
import type { Reader } from './reader.js';
import type { RoundShape } from './rounds.js';
import { StreamingReader } from './streaming.js';

/**
 * The metrics of `xpu-smi dump` by number: use, power, clock, heat of the core and of the memory, energy, use of memory, bytes of memory.
 * Those of its execution units and of PCIe need more rights.
 */
const metrics = '0,1,2,3,4,8,17,18';

/** One `xpu-smi dump` that runs on. Its version 2 has other names for how often. */
export function xpuDump({ command, interval, timeout }: GpuSourceOptions, version: 1 | 2): Reader {
  const program = command ?? 'xpu-smi';
  const seconds = String(Math.max(1, Math.round(interval)));
  const how = version === 1 ? ['-m', metrics, '-i', seconds] : ['--metrics', metrics, '--interval', seconds];
  const reader = new StreamingReader({
    tool: program,
    command: { program, parameters: ['dump', '-d', '-1', ...how] },
    interval: Number(seconds),
    timeout,
    firstAfter: Number(seconds),
    shape: rows,
    parse: (output) => parseXpuSmi(output),
  });
  return version === 1 ? reader : helping(reader);
}

/** `xpu-smi stats -j` at each interval. */
export function xpuStats({ command, interval, timeout }: GpuSourceOptions): Reader {
  const program = command ?? 'xpu-smi';
  return new PollingReader(
    {
      tool: program,
      command: { program, parameters: ['stats', '-j'] },
      interval,
      timeout,
      parse: (output) => parseXpuSmi(output),
    },
    isAboutTheCall,
  );
}

function helping(reader: StreamingReader): Reader {
  return {
    name: reader.name,
    firstAfter: reader.firstAfter,
    helps: isAboutTheCall,
    run: (listener) => reader.run(listener),
  };
}

/** Another call of the same tool helps where it did not like the first one, not where it is not there or the driver is not. */
function isAboutTheCall({ failure }: GpuFault): boolean {
  return failure === 'exit' || failure === 'parse' || failure === 'timeout';
}

/** `06:14:46.000,    0, 0.00, …`: the second cell is the device. */
const rows: RoundShape = {
  isHeader: (line) => line.startsWith('Timestamp'),
  deviceOf: (line) => line.split(',', 2)[1]?.trim() ?? '',
};
