import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { replayTools } from '../../src/cli/gpu/arguments.js';
import { parseExposition } from '../runtime/exposition.js';
import { FakeTools, type Behaviour } from '../runtime/gpu/tool/fake-tool.js';
import { hasProgram } from '../support/program.js';
import { ended, runCli, startCli, temporaryFolder } from './run-cli.js';
import { pace } from '../support/pace.js';

/** Nobody has an exporter of NVIDIA's on this port. */
const noExporter =
  'version: 1\nservice: { name: shop, runbooks: https://runbooks.example.com }\npresets: [gpu]\n';

let tools: FakeTools;
beforeEach(() => {
  tools = new FakeTools();
});
afterEach(() => {
  expect(tools.left()).toEqual([]);
  rmSync(tools.folder, { recursive: true, force: true });
});

/** The environment in which a fake program is the vendor's. */
function withTool(behaviour: Behaviour, devices = 2): { readonly env: Readonly<Record<string, string>> } {
  const folder = dirname(tools.tool(behaviour, devices));
  return { env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` } };
}

/** The page by series; throws where it is none. */
function pageOf(text: string): Readonly<Record<string, number>> {
  if (hasProgram('promtool')) {
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect({ status: checked.status, output: `${checked.stdout}${checked.stderr}` }).toEqual({
      status: 0,
      output: '',
    });
  }
  return Object.fromEntries(
    parseExposition(text).map(({ name, labels, value }) => {
      const pairs = Array.from(labels, ([label, of]) => `${label}="${of}"`).join(',');
      return [`${name}{${pairs}}`, value];
    }),
  );
}

function fileOf(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe('obs-gen gpu --once', () => {
  test('prints one page of metrics, and ends', async () => {
    const { code, stdout, stderr } = await runCli(['gpu', '--once'], withTool('sound'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(pageOf(stdout)).toMatchObject({
      'gpu_utilization_ratio{gpu="0",engine="general"}': 0.37,
      'gpu_memory_used_bytes{gpu="1"}': 19676 * 2 ** 20,
      'gpu_power_watts{gpu="0"}': 58.98,
      'gpu_info{gpu="1",uuid="GPU-00000001",name="NVIDIA A10"}': 1,
      'gpu_driver_info{vendor="nvidia",driver="590.48.01"}': 1,
      'gpu_collector_up{vendor="nvidia"}': 1,
      'gpu_collector_devices{vendor="nvidia"}': 2,
    });
    expect(stdout).not.toMatch(/^gpu_fan/m);
  });

  test('keeps to the devices of its container', async () => {
    const { env } = withTool('sound', 4);
    const { stdout } = await runCli(['gpu', '--once'], {
      env: { ...env, NVIDIA_VISIBLE_DEVICES: 'GPU-00000002' },
    });
    const page = pageOf(stdout);
    expect(Object.keys(page).filter((series) => series.startsWith('gpu_temperature'))).toEqual([
      'gpu_temperature_celsius{gpu="2",sensor="core"}',
    ]);
    expect(page['gpu_collector_expected_devices{vendor="nvidia"}']).toBe(1);
  });

  test.each<[behaviour: Behaviour, reason: string]>([
    ['exits with 9', 'driver'],
    ['exits with 18', 'driver'],
    ['sleeps', 'timeout'],
    ['floods', 'output'],
    ['finds no device', 'no_devices'],
  ])('of a tool that %s, says so and fails', async (behaviour, reason) => {
    const { code, stdout, stderr } = await runCli(['gpu', '--once'], withTool(behaviour));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^nvidia: nvidia-smi/);
    const page = pageOf(stdout);
    expect(page['gpu_collector_up{vendor="nvidia"}']).toBe(0);
    expect(page[`gpu_collector_failures_total{vendor="nvidia",reason="${reason}"}`]).toBe(1);
    expect(stdout).not.toMatch(/^gpu_(?:util|memory|temp|power|info)/m);
  });

  test('of a tool that is not there', async () => {
    const { code, stdout, stderr } = await runCli(['gpu', '--once', '--collector', 'intel']);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('xpu-smi') as string });
    expect(pageOf(stdout)).toMatchObject({
      'gpu_collector_up{vendor="intel"}': 0,
      'gpu_collector_failures_total{vendor="intel",reason="not_found"}': 1,
    });
  });

  test('reads the collectors, and the families of a spec', async () => {
    const tool = tools.tool('sound');
    const spec = fileOf(
      'observability.yaml',
      `${noExporter}gpu: { collectors: { nvidia: { source: nvidia-smi, command: ${tool}, metrics: [power] } } }\n`,
    );
    const { code, stdout } = await runCli(['gpu', '--once', '--spec', spec]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^gpu_power_watts/m);
    expect(stdout).not.toMatch(/^gpu_(?:util|memory|temp)/m);
  });
});

describe('obs-gen gpu as an exporter', () => {
  test('serves the page, and ends with its tool within 3 s of SIGTERM', async () => {
    const exporter = startCli(['gpu', '--port', '0', '--interval', '1'], withTool('runs another'));
    const over = ended(exporter);
    onTestFinished(() => void exporter.kill('SIGKILL'));
    const url = await new Promise<string>((resolve) => {
      exporter.stdout?.once('data', (text: string) => {
        resolve(text.trim());
      });
    });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    let text = '';
    while (!text.includes('gpu_power_watts{gpu="1"}')) {
      await sleep(50);
      text = await (await fetch(url)).text();
    }
    expect(pageOf(text)['gpu_collector_up{vendor="nvidia"}']).toBe(1);
    const place = new URL(url);
    const health = await fetch(new URL('/healthz', place));
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: 'ok',
      collectors: [{ vendor: 'nvidia', source: 'nvidia-smi', up: true, stuck: false, devices: 2 }],
    });
    const answers = await Promise.all([
      fetch(new URL('/', place)),
      fetch(new URL('/other', place)),
      fetch(new URL('/healthz', place), { method: 'POST' }),
      fetch(url, { method: 'DELETE' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 405, 405]);
    expect(tools.left()).not.toEqual([]);
    const asked = performance.now();
    exporter.kill('SIGTERM');
    const { code } = await over;
    expect(code).toBe(128 + 15);
    expect(performance.now() - asked).toBeLessThan(3000 * pace());
  });

  test('ends in time with a tool that ignores its own end', async () => {
    const exporter = startCli(['gpu', '--port', '0'], withTool('ignores SIGTERM'));
    const over = ended(exporter);
    onTestFinished(() => void exporter.kill('SIGKILL'));
    await new Promise((resolve) => exporter.stdout?.once('data', resolve));
    while (tools.left().length === 0) await sleep(20);
    const asked = performance.now();
    exporter.kill('SIGTERM');
    await over;
    expect(performance.now() - asked).toBeLessThan(3000 * pace());
  });

  test('says where it cannot listen', async () => {
    const { code, stderr } = await runCli(['gpu', '--host', '203.0.113.1'], withTool('sound'));
    expect(code).toBe(2);
    expect(stderr).toContain('port 9835 of 203.0.113.1 cannot be used');
  });
});

describe('obs-gen gpu --replay', () => {
  const csv = `index, uuid, name, driver_version, utilization.gpu [%], memory.used [MiB], memory.total [MiB], power.draw [W], fan.speed [%]
0, GPU-1, NVIDIA L4, 590.48.01, 12 %, 1024 MiB, 23034 MiB, 31.50 W, [N/A]
`;
  const outputs: Readonly<Record<(typeof replayTools)[number], readonly [text: string, series: string]>> = {
    'nvidia-smi-csv': [csv, 'gpu_memory_used_bytes{gpu="0"} 1073741824'],
    'nvidia-smi-xml': [
      '<?xml version="1.0" ?>\n<nvidia_smi_log><driver_version>590.48.01</driver_version><attached_gpus>1</attached_gpus><gpu id="00000000:01:00.0"><product_name>NVIDIA L4</product_name><minor_number>0</minor_number><uuid>GPU-1</uuid><temperature><gpu_temp>41 C</gpu_temp></temperature></gpu></nvidia_smi_log>\n',
      'gpu_temperature_celsius{gpu="0",sensor="core"} 41',
    ],
    'amd-smi': [
      '{"gpu_data": [{"gpu": 0, "usage": {"gfx_activity": {"value": 7, "unit": "%"}}}]}',
      'gpu_utilization_ratio{gpu="0",engine="general"} 0.07',
    ],
    'rocm-smi': [
      '{"card0": {"GPU use (%)": "9", "Temperature (Sensor edge) (C)": "39.0"}}',
      'gpu_utilization_ratio{gpu="0",engine="general"} 0.09',
    ],
    'xpu-smi': [
      'Timestamp, DeviceId, GPU Utilization (%), GPU Power (W)\n06:14:46.000,    0, 5.00, 14.61\n',
      'gpu_power_watts{gpu="0"} 14.61',
    ],
    tegrastats: [
      'RAM 4300/30698MB (lfb 3x4MB) SWAP 826/15349MB CPU [33%@729] GR3D_FREQ 62% gpu@43.968C\n',
      'gpu_utilization_ratio{gpu="0",engine="general"} 0.62',
    ],
    ioreg: [
      '+-o AGXAcceleratorG13X  <class AGXAcceleratorG13X, id 0x1, registered>\n    {\n      "model" = "Apple M1 Pro"\n      "PerformanceStatistics" = {"Device Utilization %"=21,"In use system memory"=1048576}\n    }\n',
      'gpu_utilization_ratio{gpu="0",engine="general"} 0.21',
    ],
  };

  test.each(replayTools)('%s, told from what it says or by its name', async (tool) => {
    const [text, series] = outputs[tool];
    const path = fileOf('capture', text);
    const told = await runCli(['gpu', '--replay', path]);
    expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 0, stderr: '' });
    pageOf(told.stdout);
    expect(told.stdout.split('\n')).toContain(series);
    const named = await runCli(['gpu', '--replay', path, '--tool', tool]);
    const withoutTime = (page: string): string => page.replace(/^(gpu_collector_success_\S+) .*$/m, '$1');
    expect(withoutTime(named.stdout)).toBe(withoutTime(told.stdout));
  });

  test('of an output that says what is wrong', async () => {
    const path = fileOf('capture', 'No devices were found\n');
    const { code, stdout, stderr } = await runCli(['gpu', '--replay', path]);
    expect(code).toBe(1);
    expect(stderr).not.toBe('');
    expect(pageOf(stdout)).toMatchObject({
      'gpu_collector_up{vendor="nvidia"}': 0,
      'gpu_collector_failures_total{vendor="nvidia",reason="no_devices"}': 1,
    });
  });
});

describe('slips', () => {
  test.each<[args: readonly string[], message: RegExp]>([
    [['--replay', 'nowhere.csv'], /there is no file nowhere\.csv/],
    [['--replay', 'package.json'], /nothing in package\.json says which tool printed it/],
    [['--tool', 'amd-smi'], /--tool says what printed a file, and none is named/],
    [['--port', '70000'], /--port cannot be 70000/],
    [['--interval', '0.1'], /--interval cannot be 0\.1/],
    [['--collector', 'nvdia'], /--collector cannot be nvdia[^]*did you mean nvidia\?/],
    [['--collector', 'amd', '--spec', 'x.yaml'], /--collector and --spec both name the collectors/],
    [['--spec', 'nowhere.yaml'], /there is no spec at nowhere\.yaml/],
    [['--write-recipes', 'x', '--once'], /--write-recipes reads no devices/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['gpu', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a spec without collectors', async () => {
    const { code, stderr } = await runCli([
      'gpu',
      '--once',
      '--spec',
      fileOf('observability.yaml', noExporter),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('has no collectors');
  });
});

describe('obs-gen gpu --write-recipes', () => {
  test('writes them, again, and never over a change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-recipes-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const place = join(folder, 'gpu');
    for (let time = 0; time < 2; time += 1) {
      const { code, stdout } = await runCli(['gpu', '--write-recipes', place]);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: ['Dockerfile', 'daemonset.yaml', 'obs-gen-gpu.service']
          .map((name) => `${join(place, name)}\n`)
          .join(''),
      });
    }
    const daemonSet = parse(readFileSync(join(place, 'daemonset.yaml'), 'utf8')) as {
      readonly kind: string;
      readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } };
    };
    expect(daemonSet.kind).toBe('DaemonSet');
    expect(daemonSet.spec.template.spec.containers[0]).toMatchObject({
      ports: [{ name: 'metrics', containerPort: 9835 }],
      livenessProbe: { httpGet: { path: '/healthz', port: 'metrics' } },
    });
    // The port is the one that the command serves on.
    for (const name of ['Dockerfile', 'obs-gen-gpu.service'])
      expect(readFileSync(join(place, name), 'utf8')).toContain('9835');
    writeFileSync(join(place, 'Dockerfile'), 'FROM scratch\n');
    const { code, stderr } = await runCli(['gpu', '--write-recipes', place]);
    expect(code).toBe(2);
    expect(stderr).toContain('is there already');
    expect(readFileSync(join(place, 'Dockerfile'), 'utf8')).toBe('FROM scratch\n');
  });
});
