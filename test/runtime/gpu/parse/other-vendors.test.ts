import { describe, expect, test } from 'vitest';
import { isDcgmPage } from '../../../../src/runtime/gpu/parse/dcgm-page.js';
import { parseIoreg } from '../../../../src/runtime/gpu/parse/ioreg.js';
import { parseKernelLog } from '../../../../src/runtime/gpu/parse/kernel-log.js';
import { parseTegrastats } from '../../../../src/runtime/gpu/parse/tegrastats.js';
import { parseXpuSmi } from '../../../../src/runtime/gpu/parse/xpu-smi.js';
import { mhz, mib } from './expected/units.js';

describe('xpu-smi', () => {
  test('stats as JSON', () => {
    const figure = (name: string, value: number): unknown => ({ metrics_type: `XPUM_STATS_${name}`, value });
    const stats = {
      device_id: 1,
      device_level: [
        figure('GPU_UTILIZATION', 12.5),
        figure('POWER', 120.25),
        figure('GPU_FREQUENCY', 1500),
        figure('GPU_CORE_TEMPERATURE', 55),
        figure('MEMORY_USED', 24.5),
        figure('MEMORY_BANDWIDTH', 7),
        figure('RAS_ERROR_CAT_CACHE_ERRORS_CORRECTABLE', 2),
        figure('RAS_ERROR_CAT_NON_COMPUTE_ERRORS_CORRECTABLE', 3),
      ],
      engine_util: {
        encoder: [
          { engine_id: 0, value: 4 },
          { engine_id: 1, value: 60 },
        ],
        decoder: [],
      },
      tile_level: [{ tile_id: 0, data_list: [figure('POWER', 60)] }],
    };
    expect(parseXpuSmi(JSON.stringify(stats))).toEqual({
      sample: {
        vendor: 'intel',
        devices: [
          {
            ...{ index: '1', utilization: { general: 0.125, encoder: 0.6 }, memoryBandwidth: 0.07 },
            ...{ memory: { used: mib(24.5) }, temperature: { core: 55 }, power: 120.25 },
            ...{ clocks: { graphics: mhz(1500) }, ecc: { corrected: 5 } },
          },
        ],
      },
    });
  });

  test('lines of dump: the last of each device, and none that is broken', () => {
    const text = `Timestamp, DeviceId, GPU Utilization (%), GPU Core Temperature (Celsius Degree), GPU Memory Used (MiB), GPU Energy Consumed (J)
06:14:46.000,    0, 1.00, 40, 10.5, 100
06:14:46.000,    1, 2.00, 41, N/A, 200
06:14:47.000,    0, 3.00,  , 11, 101
06:14:47.000,    1, 4.00, 43`;
    expect(parseXpuSmi(text).sample?.devices).toEqual([
      { index: '0', utilization: { general: 0.03 }, memory: { used: mib(11) }, energy: 101 },
      { index: '1', utilization: { general: 0.02 }, temperature: { core: 41 }, energy: 200 },
    ]);
  });

  test('engines of the table, of which the busiest counts', () => {
    const table = `| Device ID | 2 |
| Encoder Engine Util (%)     | Engine 0: 10, Engine 1: 30.5 |
| Decoder Engine Util (%)     | Engine 0: 1x |
| GPU Power (W)               | Tile 0: 15   |`;
    expect(parseXpuSmi(table).sample?.devices).toEqual([{ index: '2', utilization: { encoder: 0.305 } }]);
  });

  test.each([
    ['', 'parse'],
    ['{"error": "device not found", "errno": 20}', 'no_devices'],
    ['Error: Level Zero Initialization Error', 'driver'],
    ['Timestamp, DeviceId, GPU Power (W)\n', 'parse'],
  ])('%j is no sample', (text, failure) => {
    expect(parseXpuSmi(text)).toEqual({ fault: { failure, message: expect.any(String) as string } });
  });
});

describe('tegrastats', () => {
  test('a line that breaks off tells what it told', () => {
    const line = 'RAM 100/200MB SWAP 0/1MB GR3D_FREQ 63%@[621,620] gpu@53.3C tj@-2C VDD_GPU 2171mW/2000mW';
    const devices = (text: string): unknown => parseTegrastats(text).sample?.devices[0];
    const whole = {
      ...{ index: '0', utilization: { general: 0.63 }, memory: { used: mib(100), total: mib(200) } },
      ...{ temperature: { core: 53.3, hotspot: -2 }, power: 2.171, clocks: { graphics: mhz(621) } },
    };
    expect(devices(line)).toEqual(whole);
    expect(devices(`${line}\n`)).toEqual(whole);
    expect(devices(`${line}\ngarbage`)).toEqual(whole);
    expect(devices(line.slice(0, line.indexOf('3.3C')))).toEqual({
      ...{ index: '0', utilization: { general: 0.63 }, memory: { used: mib(100), total: mib(200) } },
      clocks: { graphics: mhz(621) },
    });
    expect(devices(line.slice(0, line.indexOf('0MB')))).toBeUndefined();
  });

  test.each([
    ['', 'parse'],
    ['sh: 1: tegrastats: command not found', 'not_found'],
  ])('%j', (text, failure) => {
    expect(parseTegrastats(text).fault?.failure).toBe(failure);
  });
});

describe('ioreg', () => {
  const entry = `+-o AGXAcceleratorG16X  <class AGXAcceleratorG16X, id 0x1000, registered, matched, active, busy 0>
    {
      "model" = "Apple M4 Max"
      "gpu-core-count" = 40
      "PerformanceStatistics" = {"In use system memory (driver)"=0,"Alloc system memory"=8270495744,"Tiler Utilization %"=7,"recoveryCount"=0,"Renderer Utilization %"=15,"Device Utilization %"=16,"In use system memory"=2914402304}
    }
`;

  test('what the device does, and what it has of the memory of its host', () => {
    const m4 = { name: 'Apple M4 Max', utilization: { general: 0.16 }, memory: { used: 2_914_402_304 } };
    expect(parseIoreg(entry)).toEqual({ sample: { vendor: 'apple', devices: [{ index: '0', ...m4 }] } });
    expect(parseIoreg(`${entry}\n${entry}`).sample?.devices).toEqual([
      { index: '0', ...m4 },
      { index: '1', ...m4 },
    ]);
  });

  test('a list that breaks off is none', () => {
    for (const end of ['=16', '"In use system memory"=29']) {
      const cut = entry.slice(0, entry.indexOf(end) + end.length);
      expect(parseIoreg(cut).sample).toBeUndefined();
      expect(parseIoreg(cut).fault?.failure).toBe('parse');
    }
  });
});

describe('the kernel log', () => {
  const words = 'NVRM: Xid (PCI:0000:9b:00): 79, pid=1, name=x, GPU has fallen off the bus.';
  const xid = { address: '0000:9b:00', xid: 79 };

  test.each<[string, object]>([
    ['6,1234,5678901234,-;', { sinceBoot: 5678.901234, sequence: 1234 }],
    ['4,99,1000000,-,caller=T1;', { sinceBoot: 1, sequence: 99 }],
    ['[   12.345678] ', { sinceBoot: 12.345678 }],
    ['<6>[12.5] ', { sinceBoot: 12.5 }],
    ['2025-02-23T16:24:18,250000+01:00 ', { at: Date.UTC(2025, 1, 23, 15, 24, 18, 250) / 1000 }],
    ['2025-02-23T16:24:18+0000 host kernel: ', { at: Date.UTC(2025, 1, 23, 16, 24, 18) / 1000 }],
    ['', {}],
  ])('%s', (before, time) => {
    expect(parseKernelLog(`x\n${before}${words}\nNVRM: something else\n`)).toEqual([{ ...xid, ...time }]);
  });

  test.each([
    'NVRM: Xid (PCI:0000:9b:00): ',
    'NVRM: Xid (0000:9b:00): 79,',
    'NVRM: Xid (PCI:0000:9b:00): 12345,',
  ])('%s is none', (line) => {
    expect(parseKernelLog(line)).toEqual([]);
  });
});

describe("dcgm-exporter's page", () => {
  test.each([
    ['# HELP x y\nDCGM_FI_DEV_GPU_TEMP{gpu="0",UUID="GPU-a"} 41\n', true],
    ['# HELP DCGM_FI_DEV_GPU_TEMP GPU temperature (in C).\n', false],
    ['up{job="DCGM_FI_DEV_GPU_TEMP"} 1\n', false],
    ['', false],
  ])('%j: %s', (page, is) => {
    expect(isDcgmPage(page)).toBe(is);
  });
});
