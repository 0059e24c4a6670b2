import { describe, expect, test } from 'vitest';
import type { GpuDevice, GpuSample } from '../../../../src/runtime/gpu/device.js';
import { parseAmdSmi } from '../../../../src/runtime/gpu/parse/amd-smi.js';
import { isDcgmPage } from '../../../../src/runtime/gpu/parse/dcgm-page.js';
import { parseKernelLog } from '../../../../src/runtime/gpu/parse/kernel-log.js';
import { parseRocmSmi } from '../../../../src/runtime/gpu/parse/rocm-smi.js';
import { parseTegrastats } from '../../../../src/runtime/gpu/parse/tegrastats.js';
import { parseXpuSmi } from '../../../../src/runtime/gpu/parse/xpu-smi.js';
import { areThere, capture, capturesOf, errorCapture } from './captures.js';
import { mhz, mib, milliwatts, percent } from './expected/units.js';

/** All values here are read by eye from the captures. */
const amdSmi: Readonly<Record<string, readonly GpuDevice[]>> = {
  'metric-power-rocm6.1': [{ index: '0', power: 10, throttled: { other: false } }],
  'metric-usage-mi300x-dpx-rocm7': [
    { index: '0', utilization: { general: 0 }, memoryBandwidth: 0 },
    { index: '1' },
  ],
  'metric-usage-r9700-rocm7-wrapped': [
    { index: '0', utilization: { general: 1 }, memoryBandwidth: 0 },
    { index: '1', utilization: { general: 1 }, memoryBandwidth: 0 },
  ],
  'metric-usage-w7700-rocm6-array': [
    { index: '0', utilization: { general: percent(42) }, memoryBandwidth: percent(1) },
  ],
  'process-r9700-rocm7': [
    {
      index: '0',
      processes: [
        { pid: 213_534, used: 56_000 },
        { pid: 213_952, used: 21_008_920_000 },
        { pid: 213_953, used: 20_503_796_000 },
      ],
    },
    { index: '1', processes: [{ pid: 213_534, used: 56_000 }] },
  ],
};

const mi100 = (index: string, core: number, hotspot: number, memory: number, power: number): GpuDevice => ({
  ...{ index, name: 'Arcturus GL-XL [Instinct MI100]', utilization: { general: 0 }, memoryBandwidth: 0 },
  memory: { used: 6_782_976, total: 34_342_961_152 },
  temperature: { core, hotspot, memory },
  ...{ power, powerLimit: 290, clocks: { graphics: mhz(300), memory: mhz(1200) }, pcieReplays: 0 },
});

const navi22 = (used: number, more: Partial<GpuDevice>): GpuSample => ({
  ...{ vendor: 'amd', driver: '6.3.6' },
  devices: [
    {
      ...{ index: '0', name: 'Navi 22 [Radeon RX 6700/6700 XT / 6800M]', utilization: { general: 0 } },
      ...{ memoryBandwidth: 0, memory: { used, total: 12_868_124_672 } },
      temperature: { core: 45, hotspot: 47, memory: 46 },
      ...{ power: 6, powerLimit: 211, clocks: { graphics: mhz(500), memory: mhz(96) }, pcieReplays: 0 },
      ...more,
    },
  ],
});

const rx7900 = {
  ...{ index: '0', name: 'Radeon RX 7900 XT', utilization: { general: 0 } },
  memory: { used: 27_856_896, total: 21_458_059_264 },
};

const rocmSmi: Readonly<Record<string, GpuSample>> = {
  'rocm-smi__7900xt-showuse-meminfo.csv': { vendor: 'amd', devices: [rx7900] },
  'rocm-smi__7900xt-showuse-meminfo.json': { vendor: 'amd', devices: [rx7900] },
  'telegraf__mi100_rocm571.json': {
    ...{ vendor: 'amd', driver: '6.2.4' },
    devices: [
      mi100('0', 31, 34, 30, 39),
      mi100('1', 30, 33, 38, 37),
      mi100('2', 31, 34, 31, 35),
      mi100('3', 33, 35, 36, 39),
      mi100('4', 32, 34, 38, 39),
      mi100('5', 33, 35, 38, 40),
    ],
  },
  // It knows no model: the series is the number of the vendor.
  'telegraf__rx6700xt_rocm430.json': navi22(1_622_728_704, { name: undefined }),
  'telegraf__rx6700xt_rocm571.json': navi22(1_564_491_776, {}),
  // Power is "N/A (Secondary die)".
  'telegraf__rx6700xt_rocm602.json': navi22(1_572_757_504, { power: undefined }),
  'telegraf__rx6700xt_rocm612.json': navi22(1_572_745_216, {
    clocks: { graphics: 0, memory: mhz(96) },
  }),
  'telegraf__vega-10-XT.json': {
    ...{ vendor: 'amd', driver: '5.9.25' },
    devices: [
      {
        ...{ index: '0', uuid: '0x2150e7d042a1124', utilization: { general: 0 } },
        memory: { used: 17_776_640, total: 17_163_091_968 },
        temperature: { core: 39, hotspot: 40, memory: 92 },
        ...{ fanSpeed: percent(13), power: 15, powerLimit: 170 },
        ...{ clocks: { graphics: mhz(1269), memory: mhz(167) }, pcieReplays: 0 },
      },
    ],
  },
};

const intel: Readonly<Record<string, GpuDevice>> = {
  'xpu-smi__discovery-020a.json': {
    ...{ index: '0', name: 'Intel(R) Graphics [0x020a]', uuid: '00000000-0000-0000-0000-020a00008086' },
  },
  // The last of five lines.
  'xpu-smi__dump-m012.csv': {
    index: '0',
    utilization: { general: 0 },
    power: 14.61,
    clocks: { graphics: 0 },
  },
  'xpu-smi__stats-d0.table.txt': {
    ...{ index: '0', utilization: { general: 0, encoder: 0, decoder: 0 }, memory: { used: mib(24) } },
    ...{ temperature: { core: 41 }, power: 15, clocks: { graphics: mhz(2050), video: mhz(1025) } },
    ecc: { corrected: 0, uncorrected: 0 },
  },
};

/** Of each line, in its order. */
const jetson: readonly GpuDevice[] = [
  {
    ...{ index: '0', utilization: { general: percent(45) } },
    memory: { used: mib(4300), total: mib(30_698) },
    ...{ temperature: { hotspot: 52.468 }, power: milliwatts(2171) },
  },
  {
    ...{ index: '0', utilization: { general: percent(63) }, memoryBandwidth: percent(43) },
    memory: { used: mib(6185), total: mib(7620) },
    ...{ temperature: { core: 53.343, hotspot: 53.968 }, power: milliwatts(4667) },
    clocks: { graphics: mhz(621), memory: mhz(2133) },
  },
  {
    ...{ index: '0', utilization: { general: 0 } },
    memory: { used: mib(3452), total: mib(7620) },
    ...{ temperature: { core: 49.031, hotspot: 50.25 }, power: milliwatts(518) },
  },
  {
    ...{ index: '0', utilization: { general: percent(45) } },
    memory: { used: mib(4300), total: mib(30_698) },
    power: milliwatts(2171),
  },
  {
    ...{ index: '0', utilization: { general: 0 }, memoryBandwidth: percent(1) },
    memory: { used: mib(3276), total: mib(7859) },
    ...{ temperature: { core: 39.5 }, power: milliwatts(182) },
    clocks: { graphics: mhz(114), memory: mhz(1866) },
  },
];

describe.skipIf(!areThere)('captures', () => {
  test('each has its expected values', () => {
    const amd = [...Object.keys(amdSmi).map((name) => `amd-smi__${name}.json`), ...Object.keys(rocmSmi)];
    expect([...capturesOf('amd', '')].sort()).toEqual(amd.sort());
    expect([...capturesOf('intel', '')].sort()).toEqual(Object.keys(intel).sort());
    expect(capturesOf('jetson', '')).toEqual(['beszel__tegrastats-lines.txt']);
  });

  test.each(Object.entries(amdSmi))('amd-smi %s', (name, devices) => {
    expect(parseAmdSmi(capture(`amd/amd-smi__${name}.json`))).toEqual({ sample: { vendor: 'amd', devices } });
  });

  test.each(Object.entries(rocmSmi))('%s', (name, sample) => {
    expect(parseRocmSmi(capture(`amd/${name}`))).toEqual({ sample });
  });

  test.each(Object.entries(intel))('%s', (name, device) => {
    expect(parseXpuSmi(capture(`intel/${name}`))).toEqual({ sample: { vendor: 'intel', devices: [device] } });
  });

  test('tegrastats', () => {
    const text = capture('jetson/beszel__tegrastats-lines.txt');
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => parseTegrastats(line))).toEqual(
      jetson.map((device) => ({ sample: { vendor: 'jetson', devices: [device] } })),
    );
    expect(parseTegrastats(text).sample?.devices).toEqual(jetson.slice(-1));
  });

  test('the kernel log has five errors, and many lines about them', () => {
    const at = (hours: number, minutes: number, seconds: number): number =>
      new Date(2025, 1, 23, hours, minutes, seconds).getTime() / 1000;
    const times = [at(16, 24, 18), at(16, 24, 24), at(16, 24, 30), at(16, 27, 12), at(16, 30, 13)];
    expect(parseKernelLog(capture('errors/gpud__dmesg-xid-119.log'))).toEqual(
      times.map((time) => ({ address: '0000:9b:00', xid: 119, at: time })),
    );
  });

  test('what is no output at all', () => {
    expect(parseRocmSmi(errorCapture('rocm-smi__bad-json').stdout)).toEqual({
      fault: { failure: 'parse', message: expect.stringContaining('rocm-smi') as string },
    });
    const { stdout, stderr } = errorCapture('amd-smi__bad-subcommand');
    expect(parseAmdSmi(stdout).fault?.failure).toBe('parse');
    expect(parseAmdSmi(stderr).sample).toBeUndefined();
  });

  test("dcgm-exporter's page", () => {
    expect(isDcgmPage(errorCapture('dcgm__sentinel').stdout)).toBe(true);
  });
});
