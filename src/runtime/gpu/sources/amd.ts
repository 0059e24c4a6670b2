import { parseAmdSmi } from '../parse/amd-smi.js';
import { parseRocmSmi } from '../parse/rocm-smi.js';
import type { GpuSourceOptions } from '../source.js';
import { AmdDetails } from './amd-details.js';
import { detailed } from './detailed.js';
import { PollingReader } from './polling.js';
import type { Reader } from './reader.js';

/** `amd-smi metric --json` at each interval, and what it leaves out once from `amd-smi static --json`. */
export function amdSmi({ command, interval, timeout }: GpuSourceOptions): Reader {
  const program = command ?? 'amd-smi';
  const reader = new PollingReader({
    tool: program,
    command: { program, parameters: ['metric', '--json'] },
    interval,
    timeout,
    parse: (output) => parseAmdSmi(output),
  });
  return detailed(reader, new AmdDetails(program, timeout));
}

/** What is asked of rocm-smi, by what it is for: all of it takes seconds. */
const rocmParameters = [
  '--showproductname',
  '--showuniqueid',
  '--showdriverversion',
  '--showuse',
  '--showmemuse',
  '--showmeminfo',
  'vram',
  '--showtemp',
  '--showfan',
  '--showpower',
  '--showmaxpower',
  '--showclocks',
  '--showreplaycount',
  '--json',
];

/** `rocm-smi --json`, of hosts that have no amd-smi yet. */
export function rocmSmi({ command, interval, timeout }: GpuSourceOptions): Reader {
  const program = command ?? 'rocm-smi';
  return new PollingReader({
    tool: program,
    command: { program, parameters: rocmParameters },
    interval,
    timeout,
    parse: (output) => parseRocmSmi(output),
  });
}
