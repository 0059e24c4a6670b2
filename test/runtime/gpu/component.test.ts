import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { register } from 'prom-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Components } from '../../../src/runtime/components.js';
import { createGpu, type Gpu } from '../../../src/runtime/gpu/index.js';
import { applySettings } from '../../../src/runtime/settings/settings.js';
import { generatedMetrics, page } from './generated-metrics.js';
import { FakeTools } from './tool/fake-tool.js';
import { eventually } from '../../support/eventually.js';

const metrics = generatedMetrics();
const context = { service: { name: 's' }, environment: undefined, settings: {} };
const power = 'gpu_power_watts{gpu="0"}';
const samples = 'gpu_collector_success_timestamp_seconds{vendor="nvidia"}';

let tools: FakeTools;
const made: Gpu[] = [];
beforeEach(() => {
  tools = new FakeTools();
  register.resetMetrics();
});
afterEach(async () => {
  await Promise.all(made.splice(0).map(async ({ component }) => component.close?.()));
  applySettings({});
  expect(tools.left()).toEqual([]);
  rmSync(tools.folder, { recursive: true, force: true });
});

function gpuOf(command: string): Gpu {
  const collectors = [
    { vendor: 'nvidia', source: 'nvidia-smi', command, intervalSeconds: 1, timeoutSeconds: 1 },
  ] as const;
  const gpu = createGpu({ collectors, metrics });
  made.push(gpu);
  return gpu;
}

/** Waits until a page shows something, but not for ever. */
function shows(series: string): Promise<void> {
  return eventually(async () => {
    expect(await page()).toHaveProperty([series]);
  });
}

test('collects from the start of the telemetry to its end', async () => {
  const command = tools.tool('sound');
  const gpu = gpuOf(command);
  const components = new Components([gpu.component]);
  // Nothing happens at import time, nor when it is made.
  expect(tools.calls(command)).toEqual([]);
  await components.start(context);
  await shows(power);
  expect((await page())[power]).toBe(58.98);
  expect(gpu.samples()).toMatchObject([{ vendor: 'nvidia', devices: [{ index: '0' }, { index: '1' }] }]);
  expect(components.stats()).toEqual({
    gpu: {
      collectors: [
        {
          ...{ vendor: 'nvidia', source: 'nvidia-smi', up: true, stuck: false },
          ...{ devices: 2, expected: 2, fault: undefined },
        },
      ],
    },
  });
  await components.close();
  expect(tools.left()).toEqual([]);
  expect(await page()).not.toHaveProperty([power]);
});

test('an operator switches it off and on while the service runs', async () => {
  const gpu = gpuOf(tools.tool('sound'));
  const components = new Components([gpu.component]);
  await components.start(context);
  await shows(power);
  applySettings({ switches: { gpu: false } });
  await eventually(async () => {
    expect(tools.left()).toEqual([]);
    expect(await page()).not.toHaveProperty([power]);
  });
  applySettings({ switches: { gpu: true } });
  await shows(power);
  await components.close();
});

test('of two copies in one process one collects, and the other one after it', async () => {
  const commands = [tools.tool('sound'), tools.tool('sound')];
  const [first, second] = commands.map(gpuOf);
  void first?.component.start?.(context);
  void second?.component.start?.(context);
  await shows(power);
  expect(commands.map((command) => tools.calls(command).length > 0)).toEqual([true, false]);
  await first?.component.close?.();
  await eventually(() => {
    expect(second?.samples()).toHaveLength(1);
  });
  await shows(power);
});

test('a tool that is not there is a failure that the page names, and no error of the program', async () => {
  const gpu = gpuOf(`${tools.folder}/nvidia-smi`);
  void gpu.component.start?.(context);
  await eventually(async () => {
    expect(await page()).toMatchObject({
      'gpu_collector_up{vendor="nvidia"}': 0,
      'gpu_collector_failures_total{vendor="nvidia",reason="not_found"}': 1,
    });
  });
  expect(await page()).not.toHaveProperty([samples]);
  expect(gpu.component.stats?.()).toMatchObject({
    collectors: [{ up: false, fault: expect.stringContaining('nvidia-smi') as string }],
  });
});

test('workers of a cluster whose primary shows their metrics leave the host to it', async () => {
  const cluster = process.getBuiltinModule('node:cluster') as unknown as { isWorker: boolean };
  const command = tools.tool('sound');
  vi.stubEnv('OBSGEN_CLUSTER_PRIMARY', String(process.ppid));
  const isWorker = vi.spyOn(cluster, 'isWorker', 'get').mockReturnValue(true);
  try {
    void gpuOf(command).component.start?.(context);
    await sleep(300);
    expect(tools.calls(command)).toEqual([]);
    // Those of a process manager have nobody who would collect for them.
    vi.stubEnv('OBSGEN_CLUSTER_PRIMARY', undefined);
    void gpuOf(command).component.start?.(context);
    await shows(power);
  } finally {
    isWorker.mockRestore();
    vi.unstubAllEnvs();
  }
});
