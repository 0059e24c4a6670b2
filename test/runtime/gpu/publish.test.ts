import { spawnSync } from 'node:child_process';
import { register } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GpuDevice, GpuSample, GpuVendor } from '../../../src/runtime/gpu/device.js';
import { GpuPublisher, type GpuStatus } from '../../../src/runtime/gpu/publish.js';
import { missingProgram } from '../../support/program.js';
import { generatedMetrics, page } from './generated-metrics.js';

const metrics = generatedMetrics();
const gib = 2 ** 30;

const full: GpuDevice = {
  index: '0',
  uuid: 'GPU-1',
  name: 'NVIDIA H100 80GB HBM3',
  utilization: { general: 0.97, encoder: 0, decoder: 0.25 },
  memoryBandwidth: 0.5,
  memory: { used: 10 * gib, free: 69 * gib, total: 80 * gib, reserved: gib },
  temperature: { core: 61, memory: 70, hotspot: 75 },
  temperatureMargin: 20,
  fanSpeed: 0.3,
  power: 412.5,
  powerLimit: 700,
  energy: 1000,
  clocks: { graphics: 1.98e9, sm: 1.98e9, memory: 2.619e9, video: 1.5e9 },
  throttled: { power_cap: true, thermal: false },
  throttleSeconds: { power_cap: 12.5 },
  ecc: { corrected: 3, uncorrected: 0 },
  remapped: { correctable: 0, uncorrectable: 1, pending: 0, failed: 0 },
  recoveryAction: 0,
  pcie: { receive: 4096, transmit: 8192 },
  pcieReplays: 2,
  nvlink: { receive: 1, transmit: 2 },
};

const nvidia = (...devices: readonly GpuDevice[]): GpuSample => ({
  vendor: 'nvidia',
  driver: '590.48.01',
  devices,
});

/** Of the vendors that are collected, and of no other. */
const noFailures = Object.fromEntries(
  [
    ...['device_lost', 'driver', 'exit', 'no_devices', 'not_found'],
    ...['output', 'parse', 'permission', 'stuck', 'timeout'],
  ].map((reason) => [`gpu_collector_failures_total{vendor="nvidia",reason="${reason}"}`, 0]),
);

const up = (sample: GpuSample): GpuStatus => ({
  vendor: sample.vendor,
  sample,
  isUp: true,
  isStuck: false,
  expected: sample.devices.length,
  succeededAt: 1_800_000_000,
});

describe('what a page shows', () => {
  let statuses: readonly GpuStatus[] = [];
  let publisher: GpuPublisher;
  let end: () => void = () => undefined;

  function begin(...vendors: readonly GpuVendor[]): void {
    publisher = new GpuPublisher(metrics, vendors, () => statuses);
    end = publisher.start();
  }

  /** A sample arrives, and a page is asked for. */
  async function shown(...samples: readonly GpuSample[]): Promise<Readonly<Record<string, number>>> {
    for (const sample of samples) publisher.sampled(sample);
    statuses = samples.map(up);
    return page();
  }

  beforeEach(() => {
    // Counters begin anew with each test.
    register.resetMetrics();
    begin('nvidia');
  });
  afterEach(() => {
    end();
  });

  test('everything that a device was said to be', async () => {
    expect(await shown(nvidia(full))).toEqual({
      ...noFailures,
      'gpu_utilization_ratio{gpu="0",engine="general"}': 0.97,
      'gpu_utilization_ratio{gpu="0",engine="encoder"}': 0,
      'gpu_utilization_ratio{gpu="0",engine="decoder"}': 0.25,
      'gpu_memory_bandwidth_utilization_ratio{gpu="0"}': 0.5,
      'gpu_memory_used_bytes{gpu="0"}': 10 * gib,
      'gpu_memory_free_bytes{gpu="0"}': 69 * gib,
      'gpu_memory_reserved_bytes{gpu="0"}': gib,
      'gpu_memory_total_bytes{gpu="0"}': 80 * gib,
      'gpu_pcie_bytes_total{gpu="0",direction="receive"}': 4096,
      'gpu_pcie_bytes_total{gpu="0",direction="transmit"}': 8192,
      'gpu_pcie_replays_total{gpu="0"}': 2,
      'gpu_nvlink_bytes_total{gpu="0",direction="receive"}': 1,
      'gpu_nvlink_bytes_total{gpu="0",direction="transmit"}': 2,
      'gpu_temperature_celsius{gpu="0",sensor="core"}': 61,
      'gpu_temperature_celsius{gpu="0",sensor="memory"}': 70,
      'gpu_temperature_celsius{gpu="0",sensor="hotspot"}': 75,
      'gpu_temperature_margin_celsius{gpu="0"}': 20,
      'gpu_fan_speed_ratio{gpu="0"}': 0.3,
      'gpu_power_watts{gpu="0"}': 412.5,
      'gpu_power_limit_watts{gpu="0"}': 700,
      'gpu_energy_joules_total{gpu="0"}': 1000,
      'gpu_clock_hertz{gpu="0",clock="graphics"}': 1.98e9,
      'gpu_clock_hertz{gpu="0",clock="sm"}': 1.98e9,
      'gpu_clock_hertz{gpu="0",clock="memory"}': 2.619e9,
      'gpu_clock_hertz{gpu="0",clock="video"}': 1.5e9,
      'gpu_throttled{gpu="0",reason="power_cap"}': 1,
      'gpu_throttled{gpu="0",reason="thermal"}': 0,
      'gpu_throttle_seconds_total{gpu="0",reason="power_cap"}': 12.5,
      'gpu_ecc_errors_total{gpu="0",error_type="corrected"}': 3,
      'gpu_ecc_errors_total{gpu="0",error_type="uncorrected"}': 0,
      'gpu_remapped_rows{gpu="0",state="correctable"}': 0,
      'gpu_remapped_rows{gpu="0",state="uncorrectable"}': 1,
      'gpu_remapped_rows{gpu="0",state="pending"}': 0,
      'gpu_remapped_rows{gpu="0",state="failed"}': 0,
      'gpu_recovery_action{gpu="0"}': 0,
      'gpu_info{gpu="0",uuid="GPU-1",name="NVIDIA H100 80GB HBM3"}': 1,
      'gpu_driver_info{vendor="nvidia",driver="590.48.01"}': 1,
      'gpu_collector_up{vendor="nvidia"}': 1,
      'gpu_collector_stuck{vendor="nvidia"}': 0,
      'gpu_collector_devices{vendor="nvidia"}': 1,
      'gpu_collector_expected_devices{vendor="nvidia"}': 1,
      'gpu_collector_success_timestamp_seconds{vendor="nvidia"}': 1_800_000_000,
    });
  });

  test('of a device that tells nothing, nothing but that it is there', async () => {
    const shownOf = await shown({ vendor: 'nvidia', devices: [{ index: '3' }] });
    expect(Object.keys(shownOf).filter((name) => !name.startsWith('gpu_collector_'))).toEqual([
      'gpu_info{gpu="3",uuid="",name=""}',
    ]);
  });

  test('rows that are in the last sample no more go away', async () => {
    const warm: GpuDevice = {
      index: '1',
      temperature: { core: 50, memory: 60 },
      throttled: { thermal: true },
    };
    expect(await shown(nvidia(full, warm))).toMatchObject({
      'gpu_temperature_celsius{gpu="1",sensor="memory"}': 60,
      'gpu_throttled{gpu="1",reason="thermal"}': 1,
    });
    const less = await shown(nvidia(full, { index: '1', temperature: { core: 51 } }));
    expect(Object.keys(less).filter((name) => name.includes('gpu="1"'))).toEqual([
      'gpu_temperature_celsius{gpu="1",sensor="core"}',
      'gpu_info{gpu="1",uuid="",name=""}',
    ]);
    expect(Object.keys(await shown(nvidia(full))).some((name) => name.includes('gpu="1"'))).toBe(false);
  });

  test('without a sample that is young enough, the health of the collector alone', async () => {
    await shown(nvidia(full));
    statuses = [{ ...up(nvidia(full)), sample: undefined, isUp: false, isStuck: true }];
    const left = await page();
    expect(Object.keys(left).filter((name) => !/_total/.test(name))).toEqual([
      'gpu_collector_up{vendor="nvidia"}',
      'gpu_collector_stuck{vendor="nvidia"}',
      'gpu_collector_devices{vendor="nvidia"}',
      'gpu_collector_expected_devices{vendor="nvidia"}',
      'gpu_collector_success_timestamp_seconds{vendor="nvidia"}',
    ]);
    expect(left).toMatchObject({
      'gpu_collector_up{vendor="nvidia"}': 0,
      'gpu_collector_stuck{vendor="nvidia"}': 1,
      'gpu_collector_devices{vendor="nvidia"}': 0,
      'gpu_collector_expected_devices{vendor="nvidia"}': 1,
      // What was counted stays counted.
      'gpu_energy_joules_total{gpu="0"}': 1000,
    });
  });

  test('where others collect, nothing says that it is down', async () => {
    const idle = { vendor: 'nvidia', sample: undefined, isUp: undefined, isStuck: false } as const;
    statuses = [{ ...idle, expected: undefined, succeededAt: undefined }];
    expect(await page()).toEqual({ ...noFailures, 'gpu_collector_stuck{vendor="nvidia"}': 0 });
  });

  test('an instance and a device that are told twice are counted once', async () => {
    const instances = [
      { id: '1', profile: '3g.40gb', used: 5 * gib, total: 40 * gib },
      { id: '1', profile: '3g.40gb', used: 5 * gib, total: 40 * gib },
      { id: '2', profile: '1g.10gb', total: 10 * gib },
    ];
    const device: GpuDevice = { index: '0', isPartitioned: true, power: 100, energy: 7, instances };
    const shownOf = await shown(nvidia(device, device));
    expect(Object.entries(shownOf).filter(([name]) => /_mig_|power|energy/.test(name))).toEqual([
      ['gpu_mig_memory_used_bytes{gpu="0",mig="1"}', 5 * gib],
      ['gpu_mig_memory_total_bytes{gpu="0",mig="1"}', 40 * gib],
      ['gpu_mig_memory_total_bytes{gpu="0",mig="2"}', 10 * gib],
      ['gpu_power_watts{gpu="0"}', 100],
      ['gpu_energy_joules_total{gpu="0"}', 7],
      ['gpu_mig_info{gpu="0",mig="1",profile="3g.40gb"}', 1],
      ['gpu_mig_info{gpu="0",mig="2",profile="1g.10gb"}', 1],
    ]);
  });

  test('devices of two vendors are two series', async () => {
    end();
    begin('nvidia', 'intel');
    const shownOf = await shown(nvidia({ index: '0', power: 300 }), {
      vendor: 'intel',
      devices: [{ index: '0', power: 15 }],
    });
    expect(shownOf).toMatchObject({
      'gpu_power_watts{gpu="0"}': 300,
      'gpu_power_watts{gpu="intel-0"}': 15,
      'gpu_collector_up{vendor="intel"}': 1,
    });
  });

  test('failures, durations and errors of the driver', async () => {
    publisher.failed('nvidia', 'timeout');
    publisher.failed('nvidia', 'timeout');
    publisher.took('nvidia', 0.2);
    publisher.reported('nvidia', '0', 79, 1000);
    publisher.reported('nvidia', '0', 79, 2000);
    // The kernel's log may be read anew: an old report is counted, and is not the last one.
    publisher.reported('nvidia', '0', 79, 1500);
    const shownOf = await shown(nvidia(full));
    expect(shownOf).toMatchObject({
      'gpu_collector_failures_total{vendor="nvidia",reason="timeout"}': 2,
      'gpu_xid_errors_total{gpu="0",xid="79"}': 3,
      'gpu_xid_last_timestamp_seconds{gpu="0",xid="79"}': 2000,
      'gpu_collector_duration_seconds_count{vendor="nvidia"}': 1,
      'gpu_collector_duration_seconds_sum{vendor="nvidia"}': 0.2,
    });
  });

  test('nothing once it has ended, but what was counted', async () => {
    await shown(nvidia(full));
    end();
    expect(Object.keys(await page()).filter((name) => !/_total/.test(name))).toEqual([]);
  });

  test('a spec that has taken some of the metrics only', async () => {
    end();
    const { gpuPowerWatts, gpuEnergyJoulesTotal } = metrics;
    if (gpuPowerWatts === undefined || gpuEnergyJoulesTotal === undefined) throw new Error('no metrics');
    publisher = new GpuPublisher({ gpuPowerWatts, gpuEnergyJoulesTotal }, ['nvidia'], () => statuses);
    end = publisher.start();
    publisher.failed('nvidia', 'exit');
    publisher.took('nvidia', 1);
    publisher.reported('nvidia', '0', 13, 1);
    expect(await shown(nvidia(full))).toEqual({
      ...noFailures,
      'gpu_power_watts{gpu="0"}': 412.5,
      'gpu_energy_joules_total{gpu="0"}': 1000,
    });
  });

  test('whose memory it is, where the numbers of processes mean the same on both sides', async () => {
    const processes = [
      { pid: process.pid, used: 3 * gib },
      { pid: 1, used: gib },
    ];
    const shownOf = await shown(nvidia({ index: '0', processes }));
    const rows = Object.entries(shownOf).filter(([name]) => name.startsWith('gpu_process'));
    // In a container of its own, the host's numbers are none of ours.
    expect([
      [],
      [
        ['gpu_process_memory_used_bytes{gpu="0",process="self"}', 3 * gib],
        ['gpu_process_memory_used_bytes{gpu="0",process="other"}', gib],
      ],
    ]).toContainEqual(rows);
    const gone = await shown(nvidia({ index: '0' }));
    expect(Object.keys(gone).some((name) => name.startsWith('gpu_process'))).toBe(false);
  });

  test.skipIf(missingProgram('promtool'))('a page that promtool accepts', async () => {
    publisher.failed('nvidia', 'timeout');
    publisher.took('nvidia', 0.2);
    publisher.reported('nvidia', '0', 79, 1000);
    await shown(nvidia(full));
    const input = await register.metrics();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    });
    expect({ status, output: `${stdout}${stderr}` }).toEqual({ status: 0, output: '' });
  });
});

describe('what grows', () => {
  const energy = 'gpu_energy_joules_total{gpu="0"}';

  async function after(...readings: readonly Partial<GpuDevice>[]): Promise<number | undefined> {
    register.resetMetrics();
    const fresh = new GpuPublisher(metrics, ['nvidia'], () => []);
    for (const reading of readings) fresh.sampled(nvidia({ index: '0', uuid: 'GPU-1', ...reading }));
    return (await page())[energy];
  }

  test.each<[what: string, readings: readonly Partial<GpuDevice>[], total: number | undefined]>([
    ['the first total is taken whole', [{ energy: 1000 }], 1000],
    ['then by how much it has grown', [{ energy: 1000 }, { energy: 1010 }, { energy: 1010 }], 1010],
    ['a reading that lacks it changes nothing', [{ energy: 1000 }, {}, { energy: 1010 }], 1010],
    ['a driver that was loaded anew begins at 0', [{ energy: 1000 }, { energy: 30 }, { energy: 50 }], 1050],
    ['a total that trembles is none', [{ energy: 1000 }, { energy: 999 }, { energy: 1001 }], 1001],
    ['another device in its place', [{ energy: 1000 }, { uuid: 'GPU-2', energy: 1500 }], 2500],
    [
      'a uuid that is not told once is no other device',
      [{ energy: 1000 }, { uuid: undefined, energy: 1001 }, { energy: 1002 }],
      1002,
    ],
    ['nothing that is no number', [{ energy: Number.NaN }, { energy: -1 }, { energy: Infinity }], undefined],
    ['0 is a number', [{ energy: 0 }], 0],
  ])('%s', async (_, readings, total) => {
    expect(await after(...readings)).toBe(total);
  });

  test('each row by itself', async () => {
    register.resetMetrics();
    const publisher = new GpuPublisher(metrics, ['nvidia'], () => []);
    publisher.sampled(
      nvidia({ index: '0', ecc: { corrected: 5, uncorrected: 1 } }, { index: '1', ecc: { corrected: 2 } }),
    );
    publisher.sampled(
      nvidia({ index: '0', ecc: { corrected: 6, uncorrected: 0 } }, { index: '1', ecc: { corrected: 2 } }),
    );
    expect(await page('gpu_ecc')).toEqual({
      'gpu_ecc_errors_total{gpu="0",error_type="corrected"}': 6,
      'gpu_ecc_errors_total{gpu="0",error_type="uncorrected"}': 1,
      'gpu_ecc_errors_total{gpu="1",error_type="corrected"}': 2,
    });
  });
});
