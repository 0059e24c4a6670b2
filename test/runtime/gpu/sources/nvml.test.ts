import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { nvml } from '../../../../src/runtime/gpu/sources/nvml.js';
import { readNvml } from '../../../../src/runtime/gpu/sources/nvml-round.js';
import type { XidReport } from '../../../../src/runtime/gpu/sources/kernel-log.js';
import { RetryingSource } from '../../../../src/runtime/gpu/sources/retrying-source.js';
import { Listening } from './listen.js';

/** Koffi with a driver behind it that knows two devices, of which one is lost: as it answers in C, by numbers at addresses. */
const koffi = String.raw`
const u32 = (at, value) => (at.writeUInt32LE(value), 0);
const u64 = (at, value) => (at.writeBigUInt64LE(BigInt(value)), 0);
const text = (at, value) => (at.write(value + '\0'), 0);
let events = 0;
const driver = {
  nvmlInit_v2: () => 0,
  nvmlEventSetCreate: (at) => u64(at, 77),
  nvmlDeviceRegisterEvents: (device, types, set) => (types === 8n && set === 77n ? 0 : 2),
  nvmlEventSetWait_v2: (set, at) => {
    events += 1;
    if (events > 1) return 10;
    u64(at, 1000);
    at.writeBigUInt64LE(8n, 8);
    at.writeBigUInt64LE(79n, 16);
    return 0;
  },
  nvmlDeviceGetCount_v2: (at) => u32(at, 2),
  nvmlSystemGetDriverVersion: (at) => text(at, '590.48.01'),
  nvmlDeviceGetHandleByIndex_v2: (index, at) => (index === 1 ? 15 : u64(at, 1000)),
  nvmlDeviceGetName: (handle, at) => text(at, 'NVIDIA H100'),
  nvmlDeviceGetUUID: (handle, at) => text(at, 'GPU-00000000'),
  nvmlDeviceGetUtilizationRates: (handle, at) => (u32(at, 37), at.writeUInt32LE(12, 4), 0),
  nvmlDeviceGetTemperature: (handle, sensor, at) => u32(at, 45),
  nvmlDeviceGetPowerUsage: (handle, at) => u32(at, 58980),
  nvmlDeviceGetEnforcedPowerLimit: () => 3,
  nvmlDeviceGetFanSpeed: (handle, at) => u32(at, 0xffffffff),
  nvmlDeviceGetTotalEnergyConsumption: (handle, at) => u64(at, 123456789012),
  nvmlDeviceGetClockInfo: (handle, domain, at) => u32(at, 1000 + domain),
  nvmlDeviceGetCurrentClocksThrottleReasons: (handle, at) => u64(at, 0x44),
  nvmlDeviceGetTotalEccErrors: (handle, type, counter, at) => u64(at, type === 0 ? 17 : 0),
  nvmlDeviceGetMigMode: (handle, current) => u32(current, 0),
};
exports.load = (path) => {
  if (path !== 'driver') throw new Error('cannot open shared object file');
  return {
    func(name) {
      if (driver[name] === undefined) throw new Error('no such function');
      return driver[name];
    },
  };
};
`;

const folder = mkdtempSync(join(tmpdir(), 'obs-gen-gpu-'));
mkdirSync(join(folder, 'node_modules', 'koffi'), { recursive: true });
writeFileSync(join(folder, 'node_modules', 'koffi', 'index.js'), koffi);
const [, script] = process.argv;
const sources: RetryingSource[] = [];

afterEach(async () => {
  process.argv[1] = script ?? '';
  await Promise.all(sources.splice(0).map((source) => source.stop()));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function listen(library: string | undefined, reports: XidReport[] = []): Listening {
  const options = { interval: 0.3, timeout: 5, families: undefined, command: library };
  const source = new RetryingSource('nvidia', [nvml(options, (report) => reports.push(report))]);
  sources.push(source);
  return new Listening(source);
}

describe('NVML in a process of its own', () => {
  it('tells what the driver answers, and nothing that it does not', async () => {
    process.argv[1] = join(folder, 'service.js');
    const reports: XidReport[] = [];
    const listening = listen('driver', reports);
    await listening.until(() => listening.samples.length >= 2);
    expect(listening.samples[0]).toEqual({
      vendor: 'nvidia',
      driver: '590.48.01',
      expected: 2,
      lost: ['1'],
      devices: [
        {
          index: '0',
          uuid: 'GPU-00000000',
          name: 'NVIDIA H100',
          utilization: { general: 0.37 },
          memoryBandwidth: 0.12,
          temperature: { core: 45 },
          power: 58.98,
          energy: 123456789.012,
          clocks: { graphics: 1e9, sm: 1.001e9, memory: 1.002e9, video: 1.003e9 },
          throttled: {
            power_cap: true,
            thermal: false,
            hw_thermal: true,
            power_brake: false,
            sync_boost: false,
            other: false,
          },
          ecc: { corrected: 17, uncorrected: 0 },
          isPartitioned: false,
        },
      ],
    });
    expect(listening.failures[0]).toBe('device_lost');
    expect(reports).toMatchObject([{ address: '0', xid: 79 }]);
  });

  it('says that the library is not there', async () => {
    process.argv[1] = join(folder, 'service.js');
    const listening = listen('/nowhere/libnvidia-ml.so.1');
    await listening.until(() => listening.faults.length > 0);
    expect(listening.failures).toEqual(['driver']);
  });

  it('says that koffi is not installed', async () => {
    const listening = listen(undefined);
    await listening.until(() => listening.faults.length > 0);
    expect(listening.faults[0]).toMatchObject({
      failure: 'not_found',
      message: expect.stringMatching(/^koffi is not installed: /) as string,
    });
  });

  it.each(['', '5', '{}', '{"devices":null}', 'koffi: a warning'])('takes %j for no round', (line) => {
    expect(readNvml(line)).toMatchObject({ fault: { failure: 'parse' }, xids: [] });
  });
});
