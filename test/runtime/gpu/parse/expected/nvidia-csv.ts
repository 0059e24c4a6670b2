import type { GpuDevice, GpuSample, ThrottleReason } from '../../../../../src/runtime/gpu/device.js';
import { mhz, mib, percent, us } from './units.js';

/** What a capture of `nvidia-smi --query-gpu` says, as it prints it; what it says nothing of is not there. */
interface Said {
  readonly driver: string;
  readonly name: string;
  /** Percent: GPU, memory, encoder, decoder. */
  readonly busy?: readonly [number, number, number, number];
  /** MiB: total, reserved, used, free. */
  readonly memory: readonly [number, number, number, number];
  /** Degrees: GPU; margin and memory, where it has them. */
  readonly heat: readonly [core: number, margin?: number, memory?: number];
  readonly fan?: number;
  /** Watts: draw, enforced limit. */
  readonly power: readonly [number, number];
  /** MHz: graphics, which SM is too, memory, video. */
  readonly clocks: readonly [number, number, number];
  readonly active?: ThrottleReason;
  /** Microseconds for which power held the clock down; the other reasons have 0. */
  readonly capped: number;
  readonly hasEcc?: boolean;
  readonly hasRemaps?: boolean;
  readonly mig?: boolean;
}

const turing = 'NVIDIA GeForce RTX 2080 SUPER';
const hopper = 'NVIDIA H100 80GB HBM3';
const server = { driver: '590.48.01', capped: 0, hasEcc: true } as const;
const h100 = { ...server, name: hopper, mig: false, hasRemaps: true } as const;
const mig = { ...server, name: hopper, mig: true } as const;
const h200 = { ...server, name: 'NVIDIA H200', mig: false, hasRemaps: true } as const;

/** Read by eye from the files in `nvidia/csv`. */
const said: Readonly<Record<string, Said>> = {
  'linux__nvidia-geforce-rtx-2080-super__595.71.05__idle': {
    ...{ driver: '595.71.05', name: turing, busy: [0, 9, 0, 0], memory: [8192, 408, 214, 7571] },
    ...{ heat: [40], fan: 38, power: [39.32, 250], clocks: [765, 810, 705] },
    ...{ active: 'power_cap', capped: 212_553_937 },
  },
  'linux__nvidia-geforce-rtx-2080-super__595.71.05__load': {
    ...{ driver: '595.71.05', name: turing, busy: [8, 3, 100, 0], memory: [8192, 408, 819, 6967] },
    ...{ heat: [45], fan: 38, power: [111.5, 250], clocks: [2055, 7500, 1905], capped: 221_310_321 },
  },
  'linux__nvidia-geforce-rtx-2080-super__610.57.04__idle': {
    ...{ driver: '610.57.04', name: turing, busy: [0, 0, 0, 0], memory: [8192, 400, 211, 7582] },
    ...{ heat: [33], fan: 38, power: [39.17, 250], clocks: [765, 810, 675], capped: 15_814_595_384 },
  },
  'linux__nvidia-geforce-rtx-2080-super__610.57.04__load': {
    ...{ driver: '610.57.04', name: turing, busy: [8, 3, 100, 0], memory: [8192, 400, 815, 6978] },
    ...{ heat: [38], fan: 38, power: [98.14, 250], clocks: [2070, 7500, 1920], capped: 15_820_333_506 },
  },
  'linux__nvidia-h100-80gb-hbm3__590.48.01__idle': {
    ...{ ...h100, busy: [0, 0, 0, 0], memory: [81_559, 479, 0, 81_081] },
    ...{ heat: [41, 46, 48], power: [69.85, 700], clocks: [345, 2619, 765] },
  },
  'linux__nvidia-h100-80gb-hbm3__590.48.01__load': {
    ...{ ...h100, busy: [100, 11, 0, 0], memory: [81_559, 479, 19_818, 61_263] },
    ...{ heat: [59, 26, 54], power: [631.95, 700], clocks: [1980, 2619, 1545] },
  },
  'linux__nvidia-h100-mig__590.48.01__idle': {
    ...{ ...mig, memory: [81_559, 479, 59, 81_022] },
    ...{ heat: [42, 45, 48], power: [71.15, 700], clocks: [345, 2619, 765] },
  },
  'linux__nvidia-h100-mig__590.48.01__load': {
    ...{ ...mig, memory: [81_559, 479, 11_125, 69_956] },
    ...{ heat: [53, 24, 59], power: [433.78, 700], clocks: [1980, 2619, 1545] },
  },
  'linux__nvidia-h200__590.48.01__idle': {
    ...{ ...h200, busy: [0, 0, 0, 0], memory: [143_771, 614, 0, 143_158] },
    ...{ heat: [28, 59, 32], power: [77.71, 700], clocks: [345, 3201, 765] },
  },
  'linux__nvidia-h200__590.48.01__load': {
    ...{ ...h200, busy: [100, 7, 0, 0], memory: [143_771, 614, 32_362, 110_796] },
    ...{ heat: [52, 35, 40], power: [627.4, 700], clocks: [1980, 3201, 1545] },
  },
  'win__nvidia-geforce-rtx-2080-super__591.86__idle': {
    ...{ driver: '591.86', name: turing, busy: [0, 0, 0, 0], memory: [8192, 205, 702, 7286] },
    ...{ heat: [40], fan: 37, power: [38.92, 250], clocks: [300, 405, 540], capped: 5_451_018_134 },
  },
  'win__nvidia-geforce-rtx-2080-super__591.86__load': {
    ...{ driver: '591.86', name: turing, busy: [7, 3, 100, 0], memory: [8192, 205, 1296, 6692] },
    ...{ heat: [45], fan: 38, power: [97.43, 250], clocks: [2055, 7500, 1905], capped: 5_459_682_741 },
  },
  'win__nvidia-geforce-rtx-2080-super__610.62__idle': {
    ...{ driver: '610.62', name: turing, busy: [0, 10, 0, 0], memory: [8192, 205, 797, 7191] },
    ...{ heat: [40], fan: 38, power: [39.25, 250], clocks: [300, 405, 540], capped: 824_898_457 },
  },
  'win__nvidia-geforce-rtx-2080-super__610.62__load': {
    ...{ driver: '610.62', name: turing, busy: [7, 3, 99, 0], memory: [8192, 205, 1366, 6622] },
    ...{ heat: [44], fan: 38, power: [97.99, 250], clocks: [2040, 7500, 1890], capped: 834_002_687 },
  },
};

/** Samples by the name of the capture, without `.query-gpu.csv`. */
export const expectedOfCsv: ReadonlyMap<string, GpuSample> = new Map(
  Object.entries(said).map(([file, capture]) => [file, sampleOf(capture)]),
);

function sampleOf(capture: Said): GpuSample {
  return { vendor: 'nvidia', driver: capture.driver, devices: [deviceOf(capture)], expected: 1 };
}

function deviceOf({ name, busy, memory, heat, fan, power, clocks, active, capped, ...has }: Said): GpuDevice {
  const [core, margin, hbm] = heat;
  const [total, reserved, used, free] = memory;
  const [graphics, ram, video] = clocks;
  return {
    index: '0',
    uuid: 'GPU-00000000-0000-0000-0000-000000000000',
    name,
    ...(busy && {
      utilization: { general: percent(busy[0]), encoder: percent(busy[2]), decoder: percent(busy[3]) },
      memoryBandwidth: percent(busy[1]),
    }),
    memory: { used: mib(used), free: mib(free), total: mib(total), reserved: mib(reserved) },
    temperature: { core, ...(hbm !== undefined && { memory: hbm }) },
    ...(margin !== undefined && { temperatureMargin: margin }),
    ...(fan !== undefined && { fanSpeed: percent(fan) }),
    power: power[0],
    powerLimit: power[1],
    clocks: { graphics: mhz(graphics), sm: mhz(graphics), memory: mhz(ram), video: mhz(video) },
    throttled: {
      ...{ power_cap: false, thermal: false, hw_thermal: false, power_brake: false },
      ...{ sync_boost: false, other: false },
      ...(active && { [active]: true }),
    },
    throttleSeconds: { power_cap: us(capped), thermal: 0, hw_thermal: 0, power_brake: 0, sync_boost: 0 },
    ...(has.hasEcc && { ecc: { corrected: 0, uncorrected: 0 } }),
    ...(has.hasRemaps && { remapped: { correctable: 0, uncorrectable: 0, pending: 0, failed: 0 } }),
    recoveryAction: 0,
    ...(has.mig !== undefined && { isPartitioned: has.mig }),
  };
}
