import type { GpuDevice, GpuSample } from '../../../../../src/runtime/gpu/device.js';
import { mhz, mib, percent, us } from './units.js';

/** What a log of `nvidia-smi -q -x` says, as it prints it; what it says nothing of is not there. */
interface Said {
  readonly driver?: string;
  readonly uuid: string;
  readonly name: string;
  /** Percent: GPU, memory; encoder and decoder, where it has them. */
  readonly busy: readonly [number, number, number?, number?];
  /** MiB: total, used, free; reserved, where it says so. */
  readonly memory: readonly [number, number, number, number?];
  /** Degrees: GPU; margin, where it has one. */
  readonly heat: readonly [core: number, margin?: number];
  readonly fan?: number;
  /** Watts: draw, enforced limit. */
  readonly power?: readonly [number, number];
  /** MHz: graphics, which SM is too, memory, video. */
  readonly clocks: readonly [number, number, number];
  /** Identifiers of processes, and MiB. */
  readonly processes?: readonly (readonly [number, number])[];
  readonly more?: Partial<GpuDevice>;
}

const quiet = {
  ...{ power_cap: false, thermal: false, hw_thermal: false, power_brake: false },
  ...{ sync_boost: false, other: false },
};
const noErrors = { corrected: 0, uncorrected: 0 };
const noRemaps = { correctable: 0, uncorrectable: 0, pending: 0, failed: 0 };

/** Read by eye from the files in `nvidia/xml`. */
const said: Readonly<Record<string, Said>> = {
  a10g: {
    ...{ driver: '515.105.01', uuid: 'GPU-9a9a6c50-2a47-2f51-a902-b82c3b127e94', name: 'NVIDIA A10G' },
    ...{ busy: [0, 0, 0, 0], memory: [23_028, 22, 22_569, 435], heat: [17], fan: 0 },
    ...{ power: [25.58, 300], clocks: [210, 405, 555], processes: [[725, 22]] },
    more: { ecc: noErrors, remapped: noRemaps },
  },
  'gtx-1070-ti': {
    ...{ uuid: 'GPU-f9ba66fc-a7f5-94c5-da19-019ef2f9c665', name: 'GeForce GTX 1070 Ti' },
    ...{ busy: [0, 0], memory: [4096, 42, 4054], heat: [39], fan: 100, clocks: [135, 405, 405] },
  },
  'gtx-1660-ti': {
    ...{ driver: '418.43', uuid: 'GPU-304a277d-3545-63b8-3a36-dfde3c992989', name: 'Graphics Device' },
    ...{ busy: [0, 1, 0, 0], memory: [5912, 0, 5912], heat: [40], fan: 0 },
    ...{ power: [8.93, 130], clocks: [300, 405, 540] },
  },
  'quadro-p2000-v12': {
    ...{ driver: '525.125.06', uuid: 'GPU-396caaed-39ca-3199-2e68-717cdb786ec6', name: 'Quadro P2000' },
    ...{ busy: [0, 0, 0, 0], memory: [5120, 1, 5051, 66], heat: [34], fan: 46 },
    ...{ power: [4.61, 75], clocks: [139, 405, 544] },
  },
  'rtx-3060-v12': {
    ...{ driver: '570.124.04', uuid: 'GPU-d6889ff6-2523-9142-ca3c-1ca3f396a625' },
    ...{ name: 'NVIDIA GeForce RTX 3060', busy: [0, 0, 0, 0], memory: [12_288, 116, 11_806, 368] },
    ...{ heat: [42], fan: 0, power: [11.6, 170], clocks: [210, 405, 555] },
    more: { recoveryAction: 0 },
  },
  'rtx-3080-v12': {
    ...{ driver: '536.40', uuid: 'GPU-19d6d965-2acc-f646-00f8-4c76979aabb4' },
    ...{ name: 'NVIDIA GeForce RTX 3080', busy: [0, 37, 0, 0], memory: [10_240, 1128, 8938, 173] },
    ...{ heat: [31], fan: 0, power: [22.78, 336], clocks: [210, 405, 555] },
    processes: [
      [835, 550],
      [1481, 18],
      [2214, 79],
      [4044, 541],
      [42_416, 159],
    ],
  },
  'rtx-3090-v12': {
    ...{ driver: '525.147.05', uuid: 'GPU-12345678-aaaa-bbbb-cccc-0123456789ab' },
    ...{ name: 'NVIDIA GeForce RTX 3090', busy: [0, 0, 0, 0], memory: [24_576, 1, 24_258, 316] },
    ...{ heat: [37], fan: 0, power: [27.23, 200], clocks: [0, 405, 555] },
  },
  'rtx-4000-sff-ada-v13': {
    ...{ driver: '595.84', uuid: 'GPU-37037c3f-65c8-ec4d-24a9-420204ad8026' },
    ...{ name: 'NVIDIA RTX 4000 SFF Ada Generation', busy: [0, 37, 0, 0] },
    ...{ memory: [20_475, 3534, 16_482, 460], heat: [38, 49], fan: 30, power: [8.81, 70] },
    clocks: [210, 405, 765],
    processes: [
      [1842, 410],
      [3190, 451],
      [4937, 160],
      [34_626, 183],
    ],
    more: {
      throttleSeconds: {
        ...{ power_cap: us(4_251_825_415), thermal: 0, hw_thermal: 0, power_brake: 0, sync_boost: 0 },
      },
      remapped: noRemaps,
      recoveryAction: 0,
    },
  },
  'tesla-t4': {
    ...{ driver: '515.105.01', uuid: 'GPU-d37e67a5-91dd-3774-a5cb-99096249601a', name: 'Tesla T4' },
    ...{ busy: [0, 0, 0, 0], memory: [15_360, 1032, 13_939, 388], heat: [40] },
    ...{ power: [26.78, 70], clocks: [585, 5000, 810] },
    processes: [
      [675, 22],
      [5762, 1005],
    ],
    more: { ecc: noErrors, remapped: { correctable: 0, uncorrectable: 0, pending: 0 } },
  },
};

/** Samples by the name of the capture, without `telegraf__` and `.xml`. */
export const expectedOfXml: ReadonlyMap<string, GpuSample> = new Map(
  Object.entries(said).map(([file, capture]) => [file, sampleOf(capture)]),
);

/** The oldest log says neither which driver it is of, nor how many devices there are, nor what holds clocks down, nor of PCIe. */
function sampleOf(capture: Said): GpuSample {
  const { driver } = capture;
  const device = deviceOf(capture);
  return driver === undefined
    ? { vendor: 'nvidia', devices: [device] }
    : {
        ...{ vendor: 'nvidia', driver, expected: 1 },
        devices: [{ throttled: quiet, pcieReplays: 0, ...device }],
      };
}

function deviceOf({ uuid, name, busy, memory, heat, fan, power, clocks, processes, more }: Said): GpuDevice {
  const [general, bandwidth, encoder, decoder] = busy;
  const [total, used, free, reserved] = memory;
  const [core, margin] = heat;
  const [graphics, ram, video] = clocks;
  return {
    ...{ index: '0', uuid, name },
    utilization: {
      general: percent(general),
      ...(encoder !== undefined && { encoder: percent(encoder) }),
      ...(decoder !== undefined && { decoder: percent(decoder) }),
    },
    memoryBandwidth: percent(bandwidth),
    memory: {
      ...{ used: mib(used), free: mib(free), total: mib(total) },
      ...(reserved !== undefined && { reserved: mib(reserved) }),
    },
    temperature: { core },
    ...(margin !== undefined && { temperatureMargin: margin }),
    ...(fan !== undefined && { fanSpeed: percent(fan) }),
    ...(power && { power: power[0], powerLimit: power[1] }),
    clocks: { graphics: mhz(graphics), sm: mhz(graphics), memory: mhz(ram), video: mhz(video) },
    ...(processes && { processes: processes.map(([pid, amount]) => ({ pid, used: mib(amount) })) }),
    ...more,
  };
}
