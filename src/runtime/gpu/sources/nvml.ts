import { unixSeconds } from '../../host.js';
import type { GpuSourceOptions } from '../source.js';
import { findKoffi } from './koffi.js';
import { nvmlProgram } from './nvml-program.js';
import { readNvml } from './nvml-round.js';
import type { Reader } from './reader.js';
import { lineByLine } from './rounds.js';
import { StreamingReader } from './streaming.js';
import type { XidReport } from './kernel-log.js';

const name = 'nvml';
const library = 'libnvidia-ml.so.1';

/**
 * NVML by koffi, in a process of its own: more figures than nvidia-smi tells, and the driver's error reports. Koffi is no dependency: it
 * is used where it is installed.
 * @param report of the index in the place of the address
 */
export function nvml(options: GpuSourceOptions, report: (report: XidReport) => void): Reader {
  const { command, interval, timeout } = options;
  return {
    name,
    run: (listener) => {
      const koffi = findKoffi();
      const node = (globalThis as { readonly process?: { readonly execPath: string } }).process?.execPath;
      if (koffi === undefined || node === undefined) {
        const message =
          'koffi is not installed: npm install koffi, or leave `source` away and nvidia-smi is used';
        listener.read({ fault: { failure: 'not_found', message } });
        listener.ended();
        return () => undefined;
      }
      const parameters = ['-e', nvmlProgram, koffi, command ?? library, String(Math.round(interval * 1000))];
      // What the program is started with, such as instrumentation, is not for this one.
      const tool = { program: node, parameters, environment: { NODE_OPTIONS: '' } };
      const stream = new StreamingReader({
        tool: name,
        command: tool,
        interval,
        timeout,
        shape: lineByLine,
        parse: (output) => {
          const { xids, ...reading } = readNvml(output);
          for (const { index, xid } of xids) report({ address: index, xid, at: unixSeconds() });
          return reading;
        },
      });
      return stream.run(listener);
    },
  };
}
