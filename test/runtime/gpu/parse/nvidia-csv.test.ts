import { describe, expect, test } from 'vitest';
import type { GpuDevice } from '../../../../src/runtime/gpu/device.js';
import { parseNvidiaCsv } from '../../../../src/runtime/gpu/parse/nvidia-csv.js';
import { areThere, errorCapture } from './captures.js';
import { mib, percent } from './expected/units.js';

const fields = ['index', 'uuid', 'memory.used', 'memory.total', 'utilization.gpu', 'temperature.gpu'];

const first: GpuDevice = {
  index: '0',
  uuid: 'GPU-a',
  memory: { used: mib(100), total: mib(1000) },
  utilization: { general: 0.42 },
  temperature: { core: 51 },
};

function devicesOf(text: string, asked: readonly string[] = fields): readonly GpuDevice[] {
  return parseNvidiaCsv(text, asked).sample?.devices ?? [];
}

describe('lines of nvidia-smi', () => {
  test('without header and units', () => {
    expect(parseNvidiaCsv('0, GPU-a, 100, 1000, 42, 51\n', fields)).toEqual({
      sample: { vendor: 'nvidia', devices: [first] },
    });
  });

  test('with a header that is left out of the sample, in another order, with units in it or in the cells', () => {
    const header = 'index, uuid, utilization.gpu [%], memory.total [MiB], memory.used [MiB], temperature.gpu';
    for (const row of ['0, GPU-a, 42, 1000, 100, 51', '0, GPU-a, 42 %, 1000 MiB, 100 MiB, 51']) {
      expect(devicesOf(`\uFEFF${header}\r\n${row}\r\n`)).toEqual([first]);
      expect(parseNvidiaCsv(`${header}\n${row}\n`).sample?.devices).toEqual([first]);
    }
  });

  test('a cell of another unit than its field has is no figure', () => {
    expect(devicesOf('0, GPU-a, 100 W, 1000 %, 42 MiB, 51 MHz')).toEqual([{ index: '0', uuid: 'GPU-a' }]);
  });

  test('zero is told from nothing', () => {
    expect(devicesOf('0, GPU-a, 0, 1000, 0, 0')).toEqual([
      {
        ...first,
        memory: { used: 0, total: mib(1000) },
        utilization: { general: 0 },
        temperature: { core: 0 },
      },
    ]);
    expect(devicesOf('0, [N/A], [N/A], [Not Supported], , N/A')).toEqual([{ index: '0' }]);
  });

  test('a line of fewer or more cells is no device, and the others are', () => {
    const { sample, fault } = parseNvidiaCsv(
      '0, GPU-a, 100, 1000, 42, 51\n1, GPU-b, 100, 1000, 42, 51, 60\n2, GPU-c, 10',
      fields,
    );
    expect(sample?.devices).toEqual([first]);
    expect(fault?.failure).toBe('parse');
    expect(fault?.message).toContain('2 lines');
  });

  test('more used than there is, beyond rounding, is not believed', () => {
    expect(devicesOf('0, GPU-a, 1064, 1000, 42, 51')[0]?.memory).toEqual({
      used: mib(1064),
      total: mib(1000),
    });
    expect(devicesOf('0, GPU-a, 1065, 1000, 42, 51')[0]?.memory).toEqual({ total: mib(1000) });
    expect(devicesOf('0, GPU-a, 0, 0, 42, 51')[0]?.memory).toEqual({ used: 0 });
  });

  test('of several rounds the last one counts', () => {
    const round = (used: number, rows: number): string =>
      Array.from({ length: rows }, (_, index) => `${index}, GPU-a, ${used}, 1000, 42, 51\n`).join('');
    expect(devicesOf(round(1, 2) + round(2, 2) + round(3, 1)).map(({ memory }) => memory?.used)).toEqual([
      mib(3),
    ]);
    expect(devicesOf(round(1, 1) + round(2, 2))).toHaveLength(2);
  });

  test('a device that is lost is named, whether in its line or instead of it', () => {
    const said = 'Unable to determine the device handle for GPU1: 0000:07:00.0: Unknown Error\n';
    const lost = '1, GPU-b, [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost]\n';
    for (const line of [said, lost, said + lost]) {
      const { sample, fault } = parseNvidiaCsv(`0, GPU-a, 100, 1000, 42, 51\n${line}`, fields);
      expect(sample).toEqual({ vendor: 'nvidia', devices: [first], lost: ['1'] });
      expect(fault?.failure).toBe('device_lost');
      expect(fault?.message).toContain('GPU 1');
    }
  });

  test('a device that must be reset says so', () => {
    const row = '0, GPU-a, [GPU requires reset], [GPU requires reset], [N/A], 51';
    expect(devicesOf(row)).toEqual([
      { index: '0', uuid: 'GPU-a', temperature: { core: 51 }, recoveryAction: 1 },
    ]);
  });

  test.each<[string, string]>([
    ['', 'parse'],
    ['\n\n', 'parse'],
    ['No devices were found\n', 'no_devices'],
    ["NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", 'driver'],
    ['Failed to initialize NVML: Driver/library version mismatch\n', 'driver'],
    ['{"not": "csv"}', 'parse'],
  ])('%j is no sample, with or without fields', (text, failure) => {
    for (const asked of [fields, undefined]) {
      const { sample, fault } = parseNvidiaCsv(text, asked);
      expect(sample).toBeUndefined();
      expect(fault?.failure).toBe(failure);
    }
  });

  test('reasons, in both spellings', () => {
    for (const spelling of ['clocks_event_reasons', 'clocks_throttle_reasons']) {
      const asked = ['index', 'hw_slowdown', 'hw_thermal_slowdown', 'sw_power_cap'].map((name) =>
        name === 'index' ? name : `${spelling}.${name}`,
      );
      asked.push(`${spelling}_counters.sw_power_cap`);
      expect(devicesOf('0, Active, Active, [N/A], 1500000 us', asked)).toEqual([
        { index: '0', throttled: { hw_thermal: true, other: false }, throttleSeconds: { power_cap: 1.5 } },
      ]);
      expect(devicesOf('0, Active, Not Active, Not Active, [N/A]', asked)[0]?.throttled).toEqual({
        ...{ hw_thermal: false, power_cap: false, other: true },
      });
    }
  });

  test('power as the driver averages it, where it says no other', () => {
    const asked = ['index', 'power.draw', 'power.draw.average', 'power.draw.instant', 'power.limit'];
    expect(devicesOf('0, [N/A], 8.81, 8.44, 70.00', asked)).toEqual([
      { index: '0', power: 8.81, powerLimit: 70 },
    ]);
    expect(devicesOf('0, [N/A], [N/A], 8.44, [N/A]', asked)).toEqual([{ index: '0', power: 8.44 }]);
  });

  test('retired pages of older devices, as the rows of newer ones', () => {
    const asked = ['index', 'retired_pages.sbe', 'retired_pages.dbe', 'retired_pages.pending'];
    expect(devicesOf('0, 2, 1, Yes', asked)).toEqual([
      { index: '0', remapped: { correctable: 2, uncorrectable: 1, pending: 1 } },
    ]);
  });
});

describe.skipIf(!areThere)('captures of failures', () => {
  const asked = (name: string): readonly string[] => (errorCapture(name).fields ?? '').split(',');

  test('four A10', () => {
    const name = 'beszel__csv-4x-a10';
    const row = (index: string, core: number, used: number, power: number): GpuDevice => ({
      ...{ index, name: 'NVIDIA A10', temperature: { core } },
      ...{ memory: { used: mib(used), total: mib(23_028) }, utilization: { general: 0 }, power },
    });
    expect(parseNvidiaCsv(errorCapture(name).stdout, asked(name))).toEqual({
      sample: {
        vendor: 'nvidia',
        devices: [
          row('0', 45, 19_676, 58.98),
          row('1', 45, 19_638, 62.35),
          row('2', 44, 21_700, 59.57),
          row('3', 45, 18_222, 61.76),
        ],
      },
    });
  });

  test('one of two does not tell its utilization', () => {
    const name = 'beszel__csv-mixed-na';
    expect(parseNvidiaCsv(errorCapture(name).stdout, asked(name)).sample?.devices).toEqual([
      {
        ...{ index: '0', name: 'NVIDIA GeForce RTX 3050 Ti Laptop GPU', temperature: { core: 48 } },
        ...{
          memory: { used: mib(12), total: mib(4096) },
          utilization: { general: percent(26.3) },
          power: 12.73,
        },
      },
      {
        ...{ index: '1', name: 'NVIDIA A100-PCIE-40GB', temperature: { core: 38 } },
        ...{ memory: { used: mib(74), total: mib(40_960) }, power: 36.79 },
      },
    ]);
  });

  test('one of seven fell off the bus, which is said on either stream', () => {
    const { stdout, stderr } = errorCapture('nvidia-smi__one-gpu-fell-off-bus');
    const three = ['index', 'pci.bus_id', 'name'];
    const { sample } = parseNvidiaCsv(stdout, three);
    expect(sample?.devices.map(({ index }) => index)).toEqual(['0', '1', '2', '4', '5', '6']);
    const both = parseNvidiaCsv(stderr + stdout, three);
    expect(both.sample).toEqual({ ...sample, lost: ['3'] });
    expect(both.fault?.failure).toBe('device_lost');
  });

  test.each(['csv__value-tokens', 'xml__absent-tokens', 'dcgm__sentinel'])('words of %s', (name) => {
    const { tokens = [], sentinels = [] } = errorCapture(name);
    expect(tokens.length + sentinels.length).toBeGreaterThan(5);
    const cells = ['utilization.gpu', 'temperature.gpu', 'power.draw', 'memory.used', 'clocks.sm'];
    const meaningful = new Set(['0 us', '1.00', '[GPU requires reset]', '[GPU is lost]']);
    for (const token of [...tokens, ...sentinels].filter((word) => !meaningful.has(word)))
      expect(devicesOf(`0, ${cells.map(() => token).join(', ')}`, ['index', ...cells])).toEqual([
        { index: '0' },
      ]);
  });
});
