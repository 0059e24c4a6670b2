import { describe, expect, test } from 'vitest';
import type { GpuDevice } from '../../../../src/runtime/gpu/device.js';
import { parseAmdSmi } from '../../../../src/runtime/gpu/parse/amd-smi.js';
import { parseRocmSmi } from '../../../../src/runtime/gpu/parse/rocm-smi.js';
import { mhz, mib } from './expected/units.js';

const of = (value: unknown, unit: string): unknown => ({ value, unit });

const entry = {
  gpu: 3,
  asic: { market_name: 'AMD Instinct MI300X' },
  uuid: '4aff75a0-0000-1000-80ad-000000000000',
  driver: { name: 'amdgpu', version: '6.10.5' },
  usage: { gfx_activity: of(12, '%'), umc_activity: of(3, '%'), mm_activity: 'N/A' },
  power: { socket_power: of(140, 'W'), throttle_status: 'N/A' },
  limit: { max_power: of(750, 'W') },
  clock: { gfx_0: { clk: of(132, 'MHz'), max_clk: of(2100, 'MHz') }, mem_0: { clk: of(900, 'MHz') } },
  temperature: { edge: 'N/A', hotspot: of(42, 'C'), mem: of(35, 'C') },
  ecc: { total_correctable_count: 2, total_uncorrectable_count: 0 },
  pcie: { replay_count: 1, speed: of(32, 'GT/s') },
  energy: { total_energy_consumption: of(1234.5, 'J') },
  fan: { speed: 'N/A', usage: 'N/A' },
  mem_usage: { total_vram: of(196_592, 'MB'), used_vram: of(283, 'MB'), free_vram: of(196_309, 'MB') },
  throttle: {
    ppt_violation_status: 'NOT ACTIVE',
    vr_thermal_violation_status: 'ACTIVE',
    prochot_violation_status: 'N/A',
  },
};

const device: GpuDevice = {
  ...{ index: '3', name: 'AMD Instinct MI300X', uuid: '4aff75a0-0000-1000-80ad-000000000000' },
  ...{ utilization: { general: 0.12 }, memoryBandwidth: 0.03 },
  memory: { used: mib(283), free: mib(196_309), total: mib(196_592) },
  temperature: { hotspot: 42, memory: 35 },
  ...{ power: 140, powerLimit: 750, energy: 1234.5 },
  clocks: { graphics: mhz(132), memory: mhz(900) },
  throttled: { power_cap: false, thermal: true },
  ...{ ecc: { corrected: 2, uncorrected: 0 }, pcieReplays: 1 },
};

describe('amd-smi', () => {
  test('in both shapes, with what it says before', () => {
    for (const json of [[entry], { gpu_data: [entry] }])
      for (const before of ['', 'WARNING: User is missing the following required groups: render\n'])
        expect(parseAmdSmi(before + JSON.stringify(json))).toEqual({
          sample: { vendor: 'amd', driver: '6.10.5', devices: [device] },
        });
  });

  test('numbers without a unit, and in one that is not of theirs', () => {
    const devices = (more: object): unknown =>
      parseAmdSmi(JSON.stringify([{ gpu: 0, ...more }])).sample?.devices;
    expect(devices({ usage: { gfx_activity: 42 }, power: { socket_power: 99 } })).toEqual([
      { index: '0', utilization: { general: 0.42 }, power: 99 },
    ]);
    expect(
      devices({ usage: { gfx_activity: of(42, 'W') }, power: { socket_power: of('N/A', 'W') } }),
    ).toEqual([{ index: '0' }]);
    expect(devices({ power: { throttle_status: 'THROTTLED' } })).toEqual([
      { index: '0', throttled: { other: true } },
    ]);
    expect(devices({ process_list: [{ process_info: 'No running processes detected' }] })).toEqual([
      { index: '0' },
    ]);
  });

  test('the first of two that have one index', () => {
    const twice = [
      { gpu: 0, power: { socket_power: 1 } },
      { gpu: 0, power: { socket_power: 2 } },
      { gpu: 'x' },
      7,
    ];
    expect(parseAmdSmi(JSON.stringify(twice)).sample?.devices).toEqual([{ index: '0', power: 1 }]);
  });

  test.each([
    ['', 'parse'],
    ['[]', 'parse'],
    ['[{"gpu": 0', 'parse'],
    ['"gpu"', 'parse'],
    ['AMDSMI_STATUS_DRIVER_NOT_LOADED', 'driver'],
    ['[{"__proto__": {"gpu": 0}}]', 'parse'],
  ])('%j is no sample', (text, failure) => {
    expect(parseAmdSmi(text)).toEqual({ fault: { failure, message: expect.any(String) as string } });
  });
});

describe('rocm-smi', () => {
  const csv = 'device,GPU use (%),VRAM Total Memory (B),VRAM Total Used Memory (B)\n';

  test('rows with as many cells as the header', () => {
    const rows = 'card0,10,1000,50\ncard1,20,1000\ncard2,30,1000,60,70\ncard3,40,1000,70\n';
    expect(parseRocmSmi(`\n${csv}${rows}`).sample?.devices).toEqual([
      { index: '0', utilization: { general: 0.1 }, memory: { used: 50, total: 1000 } },
      { index: '3', utilization: { general: 0.4 }, memory: { used: 70, total: 1000 } },
    ]);
  });

  test('what is allocated of memory is not how much it works', () => {
    const card = { 'GPU Memory Allocated (VRAM%)': '12', 'GPU Memory Read/Write Activity (%)': '3' };
    expect(parseRocmSmi(JSON.stringify({ card1: card })).sample?.devices).toEqual([
      { index: '1', memoryBandwidth: 0.03 },
    ]);
  });

  test.each([
    ['', 'parse'],
    ['{}', 'parse'],
    ['{"system": {"Driver version": "6.3.6"}}', 'parse'],
    ['{"cardx": {}, "card0": 3}', 'parse'],
    ['ERROR:root:Driver not initialized (amdgpu not found in modules)', 'driver'],
    [csv, 'parse'],
  ])('%j is no sample', (text, failure) => {
    expect(parseRocmSmi(text)).toEqual({ fault: { failure, message: expect.any(String) as string } });
  });
});
