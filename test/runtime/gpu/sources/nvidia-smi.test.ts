import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { GpuSourceOptions } from '../../../../src/runtime/gpu/source.js';
import { BusAddresses } from '../../../../src/runtime/gpu/sources/bus-addresses.js';
import { nvidiaCalls, nvidiaStream } from '../../../../src/runtime/gpu/sources/nvidia-smi.js';
import { RetryingSource } from '../../../../src/runtime/gpu/sources/retrying-source.js';
import { FakeTools } from '../tool/fake-tool.js';
import type { Behaviour } from '../tool/fake-tool.js';
import { Listening } from './listen.js';

const tools = new FakeTools();
const sources: RetryingSource[] = [];

afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.stop()));
  expect(tools.left()).toEqual([]);
});
afterAll(() => {
  tools.remove();
});

function listenTo(
  command: string,
  options: Partial<GpuSourceOptions> = {},
  addresses = new BusAddresses(),
): Listening {
  const smi = {
    options: { interval: 0.5, timeout: 2, families: undefined, command, ...options },
    addresses,
  };
  const source = new RetryingSource('nvidia', [nvidiaStream(smi), nvidiaCalls(smi)]);
  sources.push(source);
  return new Listening(source);
}

describe('nvidia-smi that runs on', () => {
  it('is started once, asked for what it knows, and read round by round', async () => {
    const tool = tools.tool('sound');
    const addresses = new BusAddresses();
    const listening = listenTo(tool, {}, addresses);
    await listening.until(() => listening.samples.length >= 3);
    expect(listening.faults).toEqual([]);
    for (const sample of listening.samples) {
      expect(sample).toMatchObject({ vendor: 'nvidia', driver: '590.48.01', expected: 2 });
      expect(sample.devices.map(({ index }) => index)).toEqual(['0', '1']);
    }
    expect(listening.samples[0]?.devices[1]).toEqual({
      index: '1',
      uuid: 'GPU-00000001',
      name: 'NVIDIA A10',
      utilization: { general: 0.37 },
      memory: { used: 19676 * 1024 ** 2, total: 23028 * 1024 ** 2 },
      temperature: { core: 45 },
      power: 58.98,
      isPartitioned: false,
    });
    const [help, query, ...others] = tools.calls(tool);
    expect(help).toBe('--help-query-gpu');
    expect(query).toBe(
      '--query-gpu=index,count,pci.bus_id,uuid,name,driver_version,mig.mode.current,utilization.gpu,memory.total,memory.used,temperature.gpu,power.draw,fan.speed --format=csv,noheader,nounits --loop-ms=500',
    );
    expect(others).toEqual([]);
    expect(addresses.indexOf('0000:02:00')).toBe('1');
  });

  it('asks for the families alone that are wanted', async () => {
    const tool = tools.tool('sound');
    const listening = listenTo(tool, { families: new Set(['memory']) });
    await listening.until(() => listening.samples.length >= 1);
    expect(tools.calls(tool)[1]).toBe(
      '--query-gpu=index,count,pci.bus_id,uuid,name,driver_version,mig.mode.current,memory.total,memory.used --format=csv,noheader,nounits --loop-ms=500',
    );
  });

  it('is started again where it dies, and half of a line is no figure', async () => {
    const tool = tools.tool('dies half-way');
    const listening = listenTo(tool);
    await listening.until(() => listening.faults.length >= 1);
    expect(listening.faults[0]).toEqual({
      failure: 'exit',
      message: `${tool} was ended by SIGKILL: run it by hand`,
    });
    // Nor is the half of a round one in which a device is missing.
    expect(listening.samples).toEqual([]);
  });

  it.each<[Behaviour, string]>([
    ['sleeps', 'timeout'],
    ['hangs later', 'timeout'],
    ['ignores SIGTERM', 'timeout'],
    ['floods', 'output'],
    ['floods standard error', 'output'],
    ['dies half-way', 'exit'],
    ['exits with 9', 'driver'],
    ['exits with 18', 'driver'],
    ['complains on standard error', 'device_lost'],
    ['finds no device', 'no_devices'],
  ])('that %s is told within 3 s as %s', async (behaviour, failure) => {
    const listening = listenTo(tools.tool(behaviour), { timeout: 5 });
    await listening.until(() => listening.faults.length > 0, 3);
    expect(listening.failures[0]).toBe(failure);
    expect(listening.samples).toEqual([]);
  });

  it('that floods with rows is ended after some of them', async () => {
    const listening = listenTo(tools.tool('floods with lines'), { timeout: 5 });
    await listening.until(() => listening.faults.length > 0, 3);
    expect(listening.failures).toEqual(['output']);
    expect(listening.samples.length).toBeLessThanOrEqual(50);
  });

  it('that is missing is told within 3 s, once', async () => {
    const listening = listenTo('/nowhere/nvidia-smi');
    await listening.until(() => listening.faults.length > 0, 3);
    expect(listening.faults).toEqual([
      {
        failure: 'not_found',
        message: '/nowhere/nvidia-smi could not be run (ENOENT): install it, or give its path as `command`',
      },
    ]);
  });

  it('that falls silent is ended after three rounds, and started again', async () => {
    const tool = tools.program('case "$*" in *--loop-ms*) rows; exec sleep 1000 ;; *) answer ;; esac');
    const listening = listenTo(tool, { interval: 0.3 });
    await listening.until(() => listening.faults.length > 0, 3);
    expect(listening.failures).toEqual(['timeout']);
    expect(listening.samples).toHaveLength(1);
  });

  it('that loses a device goes on with the other one', async () => {
    const listening = listenTo(tools.tool('drops a device'));
    await listening.until(() => listening.samples.length >= 3);
    expect(listening.samples.map(({ devices }) => devices.length).slice(0, 3)).toEqual([2, 1, 1]);
    expect(listening.samples[2]?.expected).toBe(2);
  });

  it.each<Behaviour>(['runs another', 'leaves another'])(
    'that %s takes it along when it ends',
    async (behaviour) => {
      const listening = listenTo(tools.tool(behaviour));
      await listening.until(() => listening.samples.length > 0);
      expect(listening.samples[0]?.devices).toHaveLength(2);
    },
  );
});

describe('nvidia-smi that is called again and again', () => {
  it.each<Behaviour>(['does not run on', 'keeps back'])('is what is left where it %s', async (behaviour) => {
    const tool = tools.tool(behaviour);
    const listening = listenTo(tool, { timeout: 1 });
    await listening.until(
      () =>
        tools.calls(tool).filter((call) => call.includes('--query') && !call.includes('--loop')).length >= 2,
    );
    await listening.until(() => listening.samples.length >= 2);
    expect(listening.samples.at(-1)?.devices).toHaveLength(2);
  });
});

const instance = (device: number, instance: number, used: number): string => `<mig_device>
  <index>${device}</index><gpu_instance_id>${instance}</gpu_instance_id><compute_instance_id>0</compute_instance_id>
  <fb_memory_usage><total>20096 MiB</total><used>${used} MiB</used></fb_memory_usage>
</mig_device>`;
const document = `<?xml version="1.0" ?>
<nvidia_smi_log><attached_gpus>1</attached_gpus><gpu id="00000000:01:00.0"><uuid>GPU-00000000</uuid>
<mig_mode><current_mig>Enabled</current_mig></mig_mode>
<mig_devices>${instance(0, 1, 10)}${instance(1, 2, 20)}</mig_devices></gpu></nvidia_smi_log>
`;

const migs = 'MIG-00000000-0000-0000-0000-00000000000';
const list = `GPU 0: NVIDIA A100 (UUID: GPU-00000000)
  MIG 3g.20gb     Device  0: (UUID: ${migs}0)
  MIG 4g.20gb     Device  1: (UUID: ${migs}1)
`;

describe('devices that are cut into instances', () => {
  it('are told with their instances from the first sample on', async () => {
    const tool = tools.tool('is cut into instances', 1);
    writeFileSync(`${tool}.xml`, document);
    writeFileSync(`${tool}.list`, list);
    const listening = listenTo(tool);
    await listening.until(() => listening.samples.length >= 2);
    for (const { devices } of listening.samples) {
      expect(devices[0]?.isPartitioned).toBe(true);
      expect(devices[0]?.instances).toEqual([
        { id: '1', uuids: [`${migs}0`], profile: '3g.20gb', used: 10 * 1024 ** 2, total: 20096 * 1024 ** 2 },
        { id: '2', uuids: [`${migs}1`], profile: '4g.20gb', used: 20 * 1024 ** 2, total: 20096 * 1024 ** 2 },
      ]);
    }
    expect(tools.calls(tool).filter((call) => call === '-q -x')).toHaveLength(1);
  });

  it('are told without them where those cannot be had', async () => {
    const tool = tools.tool('is cut into instances', 1);
    const listening = listenTo(tool);
    await listening.until(() => listening.samples.length >= 2);
    expect(listening.samples[0]?.devices[0]).toMatchObject({ index: '0', isPartitioned: true });
    expect(listening.samples[0]?.devices[0]?.instances).toBeUndefined();
    expect(listening.failures).toEqual(['exit']);
  });
});

describe('what is told when it is asked for', () => {
  const links = (traffic: number): string => `GPU 0: NVIDIA A100 (UUID: GPU-00000000)
\t Link 0: Data Tx: ${traffic} KiB
\t Link 0: Data Rx: 7 KiB
\t Link 1: Data Tx: 1 KiB
\t Link 1: Data Rx: 0 KiB
GPU 1: NVIDIA A100 (UUID: GPU-00000001)
\t Link 0: Data Tx: N/A
\t Link 0: Data Rx: 3 KiB
`;
  const behaviour = 'case "$*" in nvlink*) cat "$0.nvlink" ;; *) answer ;; esac';

  it('is what has gone over NVLink, of each device whose links all tell it', async () => {
    const tool = tools.program(behaviour);
    writeFileSync(`${tool}.nvlink`, links(5));
    const listening = listenTo(tool, { families: new Set(['nvlink']) });
    await listening.until(() => listening.samples.length >= 2);
    for (const { devices } of listening.samples)
      expect(devices.map(({ nvlink }) => nvlink)).toEqual([
        { receive: 7 * 1024, transmit: 6 * 1024 },
        undefined,
      ]);
    expect(tools.calls(tool).filter((call) => call === 'nvlink -gt d')).toHaveLength(1);
    expect(listening.faults).toEqual([]);
  });

  it('is nothing where there is no NVLink, and that is no fault', async () => {
    const tool = tools.program(
      'case "$*" in nvlink*) echo "NVLink is not there" >&2; exit 3 ;; *) answer ;; esac',
    );
    const listening = listenTo(tool, { families: new Set(['nvlink']) });
    await listening.until(() => listening.samples.length >= 2);
    expect(listening.samples[0]?.devices[0]?.nvlink).toBeUndefined();
    expect(listening.faults).toEqual([]);
  });

  it('is not asked for where nobody wants it', async () => {
    const tool = tools.program(behaviour);
    const listening = listenTo(tool);
    await listening.until(() => listening.samples.length >= 2);
    expect(tools.calls(tool).some((call) => call.startsWith('nvlink'))).toBe(false);
  });
});
