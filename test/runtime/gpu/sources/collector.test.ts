import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { GpuCollector } from '../../../../src/runtime/gpu/collector.js';
import type { GpuCollectorOptions } from '../../../../src/runtime/gpu/collector.js';
import type { GpuSample } from '../../../../src/runtime/gpu/device.js';
import { freePort } from '../../../support/running-program.js';
import { FakeTools } from '../tool/fake-tool.js';
import { pace } from '../../../support/pace.js';

const tools = new FakeTools();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
  expect(tools.left()).toEqual([]);
});
afterAll(() => {
  tools.remove();
});

interface Heard {
  readonly collector: GpuCollector;
  readonly samples: GpuSample[];
  readonly failures: string[];
  readonly durations: number[];
}

async function collect(options: Partial<GpuCollectorOptions>): Promise<Heard> {
  const samples: GpuSample[] = [];
  const failures: string[] = [];
  const durations: number[] = [];
  const url = `http://127.0.0.1:${await freePort()}/metrics`;
  const collector = new GpuCollector(
    { vendor: 'nvidia', interval: 0.5, timeout: 2, url, families: new Set(['utilization']), ...options },
    {
      sampled: (sample) => samples.push(sample),
      failed: (_, failure) => failures.push(failure),
      took: (_, seconds) => durations.push(seconds),
      reported: () => undefined,
    },
  );
  ends.push(() => collector.stop());
  collector.start();
  return { collector, samples, failures, durations };
}

async function until(isSo: () => boolean, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function exporter(port: number): Promise<Server> {
  const server = createServer((_, response) => response.end('DCGM_FI_DEV_GPU_TEMP{gpu="0"} 41\n'));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return server;
}

describe('a collector', () => {
  it('is up while samples arrive, and knows how many devices there should be', async () => {
    const { collector, samples, failures } = await collect({ command: tools.tool('sound') });
    expect(collector).toMatchObject({
      isUp: false,
      isStuck: false,
      expected: undefined,
      succeededAt: undefined,
    });
    await until(() => samples.length >= 2);
    expect(collector).toMatchObject({ isUp: true, expected: 2, fault: undefined });
    expect(collector.sourceName).toMatch(/nvidia-smi$/);
    expect(collector.sample?.devices).toHaveLength(2);
    expect(Math.abs((collector.succeededAt ?? 0) - Date.now() / 1000)).toBeLessThan(2);
    expect(failures).toEqual([]);
  });

  it('tells of a device that is not there any more, and goes on with the others', async () => {
    const { collector, failures, samples } = await collect({ command: tools.tool('drops a device') });
    await until(() => failures.length >= 2);
    expect(new Set(failures)).toEqual(new Set(['device_lost']));
    expect(collector).toMatchObject({ isUp: true, expected: 2 });
    expect(collector.fault?.message).toMatch(/^1 of 2 nvidia devices are there: /);
    expect(samples.at(-1)?.devices.map(({ index }) => index)).toEqual(['0']);
  });

  it('shows no sample that is older than three intervals', async () => {
    const tool = tools.program('case "$*" in *--query-gpu=*) rows; exec sleep 1000 ;; *) answer ;; esac');
    const { collector, samples } = await collect({ command: tool, interval: 0.3 });
    await until(() => samples.length === 1);
    expect(collector.isUp).toBe(true);
    await until(() => collector.isUp === false, 2 * pace());
    expect(collector.sample).toBeUndefined();
    expect(collector.expected, 'what there should be is known still').toBe(2);
  });

  it('shows what is chosen of a sample, and expects no more', async () => {
    const { collector, samples, failures } = await collect({
      command: tools.tool('sound'),
      select: ({ devices, ...sample }) => ({ ...sample, expected: undefined, devices: devices.slice(0, 1) }),
    });
    await until(() => samples.length >= 2);
    expect(collector.expected).toBe(1);
    expect(failures).toEqual([]);
  });

  it('leaves no process behind when it is stopped at any time, and can be started again', async () => {
    const { collector, samples } = await collect({ command: tools.tool('sound') });
    for (let pause = 0; pause < 400; pause += 80) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      await collector.stop();
      expect(tools.left()).toEqual([]);
      collector.start();
    }
    await until(() => samples.length >= 2);
  });
});

describe('a collector beside dcgm-exporter', () => {
  it('collects nothing where the exporter is there', async () => {
    const port = await freePort();
    await exporter(port);
    const tool = tools.tool('sound');
    const { collector, samples } = await collect({ command: tool, url: `http://127.0.0.1:${port}/metrics` });
    await until(() => collector.sourceName === 'dcgm');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(collector).toMatchObject({ isUp: undefined, sample: undefined, fault: undefined });
    expect(samples).toEqual([]);
    expect(tools.calls(tool)).toEqual([]);
  });

  it('does not ask for it where nvidia-smi is what is wanted', async () => {
    const port = await freePort();
    await exporter(port);
    const { samples } = await collect({
      source: 'nvidia-smi',
      command: tools.tool('sound'),
      url: `http://127.0.0.1:${port}/metrics`,
    });
    await until(() => samples.length > 0);
  });

  it('reads nothing else where the exporter is what is wanted, and says that it is not there', async () => {
    const tool = tools.tool('sound');
    const { collector, failures } = await collect({ source: 'dcgm', command: tool });
    await until(() => failures.length > 0);
    expect(failures).toEqual(['not_found']);
    expect(collector.isUp).toBe(false);
    expect(tools.calls(tool)).toEqual([]);
  });
});

describe('a collector of other devices', () => {
  const amd = JSON.stringify([{ gpu: 0, usage: { gfx_activity: { value: 37, unit: '%' } } }]);
  it.each<[GpuCollectorOptions['vendor'], string, string, string]>([
    ['amd', `case "$*" in "metric --json" | "static --json") echo '${amd}' ;; esac`, 'metric --json', 'amd'],
    [
      'jetson',
      'while echo "RAM 4300/30698MB GR3D_FREQ 45% tj@52.468C VDD_GPU_SOC 2171mW"; do sleep 0.2; done',
      '--interval 500',
      'jetson',
    ],
    [
      'intel',
      'echo "Timestamp, DeviceId, GPU Utilization (%), GPU Power (W)"; while printf "06:14:46.000, 0, 37.00, 14.61\\n06:14:46.000, 1, 12.00, 15.00\\n"; do sleep 0.5; done',
      'dump -d -1 -m 0,1,2,3,4,8,17,18 -i 1',
      'intel',
    ],
    [
      'apple',
      `echo '+-o AGXAcceleratorG13X  <class AGXAcceleratorG13X>'; echo '{'; echo '"model" = "Apple M1 Max"'; echo '"PerformanceStatistics" = {"Device Utilization %"=17,"In use system memory"=1000}'; echo '}'`,
      '-r -d 1 -w 0 -c IOAccelerator',
      'apple',
    ],
  ])('reads those of %s', async (vendor, behaviour, call) => {
    const tool = tools.program(behaviour);
    const { collector, samples, failures } = await collect({ vendor, command: tool });
    await until(() => samples.length >= 2);
    expect(failures).toEqual([]);
    expect(samples[0]).toMatchObject({ vendor });
    expect(samples[0]?.devices).toHaveLength(vendor === 'intel' ? 2 : 1);
    expect(samples[0]?.devices[0]?.utilization?.general).toBeGreaterThan(0.1);
    expect(tools.calls(tool)[0]).toBe(call);
    expect(collector.isUp).toBe(true);
  });
});
