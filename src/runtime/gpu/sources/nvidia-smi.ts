import type { GpuSample } from '../device.js';
import type { GpuFault, GpuReading } from '../failure.js';
import { lostDevices } from '../parse/tool-fault.js';
import { parseNvidiaCsv } from '../parse/nvidia-csv.js';
import type { GpuSourceOptions } from '../source.js';
import type { BusAddresses } from './bus-addresses.js';
import { detailed } from './detailed.js';
import { NvidiaDetails } from './nvidia-details.js';
import { probeFields } from './nvidia-fields.js';
import { PollingReader } from './polling.js';
import type { Reader, ReaderListener } from './reader.js';
import type { RoundShape } from './rounds.js';
import { StreamingReader } from './streaming.js';

/** What both ways to read have in common. */
export interface NvidiaSmi {
  readonly options: GpuSourceOptions;
  /** Learns which device is on which bus. */
  readonly addresses: BusAddresses;
}

const name = 'nvidia-smi';

/** One nvidia-smi that runs on: the driver stays initialised, and this process is not held up by starting another one again and again. */
export function nvidiaStream(smi: NvidiaSmi): Reader {
  return nvidiaReader(smi, (query, parse) => {
    const { interval, timeout } = smi.options;
    const command = {
      ...query,
      parameters: [...query.parameters, `--loop-ms=${Math.round(interval * 1000)}`],
    };
    return new StreamingReader({ tool: toolOf(smi.options), command, interval, timeout, shape: rows, parse });
  });
}

/** One nvidia-smi at each interval, for those that keep back what they say while they run. */
export function nvidiaCalls(smi: NvidiaSmi): Reader {
  const reader = nvidiaReader(smi, (command, parse) => {
    const { interval, timeout } = smi.options;
    return new PollingReader({ tool: toolOf(smi.options), command, interval, timeout, parse });
  });
  return {
    ...reader,
    helps: ({ failure }) => failure === 'timeout' || failure === 'exit' || failure === 'parse',
  };
}

/** How nvidia-smi is spoken of. */
export function toolOf({ command }: GpuSourceOptions): string {
  return command === undefined || command.includes(name) ? (command ?? name) : `${name} (${command})`;
}

type Parse = (output: string, errorOutput: string) => GpuReading<GpuSample>;

interface Query {
  readonly program: string;
  readonly parameters: readonly string[];
}

/** Asks which fields the tool knows each time that it begins: a driver that was not there yet, or is another one, knows others. */
function nvidiaReader(smi: NvidiaSmi, readerOf: (query: Query, parse: Parse) => Reader): Reader {
  const { options, addresses } = smi;
  const program = options.command ?? name;
  const run = (listener: ReaderListener): (() => void) => {
    let isStopped = false;
    let end: () => void;
    let answer: readonly string[] | GpuFault | undefined;
    const probe = { tool: toolOf(options), program, timeout: options.timeout, families: options.families };
    const endProbe = probeFields(probe, {
      done: (known) => {
        answer = known;
        if (!isFields(known) && !isStopped) listener.read({ fault: known });
      },
      stuck: () => {
        listener.stuck(true);
      },
      gone: () => {
        if (isStopped || !isFields(answer)) listener.ended();
        else end = detailed(begin(answer), new NvidiaDetails(program, options)).run(listener);
      },
    });
    const begin = (fields: readonly string[]): Reader => {
      const parameters = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
      return readerOf({ program, parameters }, (output, errorOutput) => {
        addresses.learn(output, fields);
        const isLost = lostDevices(errorOutput).length > 0;
        return parseNvidiaCsv(isLost ? `${output}\n${errorOutput}` : output, fields);
      });
    };
    end = endProbe;
    return () => {
      isStopped = true;
      end();
    };
  };
  return { name, run };
}

function isFields(answer: readonly string[] | GpuFault | undefined): answer is readonly string[] {
  return Array.isArray(answer);
}

/** Rows that begin with the index of a device and the number of devices. */
const rows: RoundShape = {
  deviceOf: (line) => /^\s*(\d{1,4})\s*,/.exec(line)?.[1],
  sizeOf: (line) => {
    const count = line.split(',', 2)[1];
    return count === undefined ? undefined : Number(count);
  },
};
