import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { readFanSpeed, readIndex, readName, readNumber } from '../parse/cell.js';
import type { Quantity } from '../parse/cell.js';
import { deviceOf } from '../parse/device-of.js';
import { lostFault, parseFault } from '../parse/tool-fault.js';

const tool = 'nvml';

/** A line of the process that reads NVML, and the errors that the driver has reported since the last one. */
export interface NvmlRound extends GpuReading<GpuSample> {
  readonly xids: readonly { readonly index: string; readonly xid: number }[];
}

/** That process writes numbers where it writes any; whether they are figures is not known. */
interface Line {
  readonly driver?: string;
  readonly expected?: number;
  readonly devices: readonly Device[];
  readonly lost: readonly string[];
  readonly xids: NvmlRound['xids'];
}

interface Device extends Pick<GpuDevice, 'index' | 'uuid' | 'name' | 'isPartitioned' | 'throttled'> {
  readonly general?: number;
  readonly encoder?: number;
  readonly decoder?: number;
  readonly memoryBandwidth?: number;
  readonly memory?: Figures;
  readonly temperature?: number;
  readonly fanSpeed?: number;
  readonly power?: number;
  readonly powerLimit?: number;
  readonly energy?: number;
  readonly clocks: Figures;
  readonly ecc: Figures;
  readonly remapped?: Figures;
  readonly pcieReplays?: number;
  readonly instances?: readonly {
    readonly id: string;
    readonly profile?: string;
    readonly used?: number;
    readonly total?: number;
  }[];
}

type Figures = Readonly<Record<string, number | undefined>>;

/** Reads such a line. Koffi or the library may print lines of their own: what is no such line is a fault. */
export function readNvml(text: string): NvmlRound {
  try {
    return roundOf(JSON.parse(text) as Line);
  } catch {
    return { fault: parseFault(tool, 'a line is no round'), xids: [] };
  }
}

function roundOf(line: Line): NvmlRound {
  const { lost, xids } = line;
  const sample: GpuSample = {
    vendor: 'nvidia',
    driver: readName(line.driver),
    expected: readNumber(line.expected, 'count'),
    devices: line.devices.map(readDevice),
    lost: lost.length === 0 ? undefined : lost,
  };
  return { sample, xids, ...(lost.length === 0 ? {} : { fault: lostFault(tool, lost) }) };
}

function readDevice(device: Device): GpuDevice {
  const { memory, clocks, ecc, remapped } = device;
  const percent = (value: number | undefined): number | undefined => readNumber(value, 'ratio', '%');
  const bytes = (value: number | undefined): number | undefined => readNumber(value, 'bytes', 'B');
  const all = (group: Figures | undefined, quantity: Quantity, unit?: string): Figures | undefined =>
    group &&
    Object.fromEntries(Object.entries(group).map(([key, value]) => [key, readNumber(value, quantity, unit)]));
  return deviceOf({
    index: readIndex(device.index) ?? device.index,
    uuid: readName(device.uuid),
    name: readName(device.name),
    utilization: {
      general: percent(device.general),
      encoder: percent(device.encoder),
      decoder: percent(device.decoder),
    },
    memoryBandwidth: percent(device.memoryBandwidth),
    memory: {
      used: bytes(memory?.['used']),
      free: bytes(memory?.['free']),
      total: bytes(memory?.['total']),
      reserved: bytes(memory?.['reserved']),
    },
    temperature: { core: readNumber(device.temperature, 'celsius', 'C') },
    fanSpeed: readFanSpeed(device.fanSpeed, '%'),
    power: readNumber(device.power, 'watts', 'mW'),
    powerLimit: readNumber(device.powerLimit, 'watts', 'mW'),
    energy: readNumber(device.energy, 'joules', 'mJ'),
    clocks: all(clocks, 'hertz', 'MHz'),
    throttled: device.throttled,
    ecc: all(ecc, 'count'),
    remapped: all(remapped, 'count'),
    pcieReplays: readNumber(device.pcieReplays, 'count'),
    isPartitioned: device.isPartitioned,
    instances: device.instances?.map(({ id, profile, used, total }) => ({
      id,
      profile: readName(profile),
      used: bytes(used),
      total: bytes(total),
    })),
  });
}
