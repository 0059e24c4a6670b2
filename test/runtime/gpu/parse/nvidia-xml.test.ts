import { describe, expect, test } from 'vitest';
import { parseNvidiaList } from '../../../../src/runtime/gpu/parse/nvidia-list.js';
import { parseNvidiaProcesses } from '../../../../src/runtime/gpu/parse/nvidia-processes.js';
import { parseNvidiaXml } from '../../../../src/runtime/gpu/parse/nvidia-xml.js';
import { readXml, childOf } from '../../../../src/runtime/gpu/parse/xml.js';
import type { XmlElement } from '../../../../src/runtime/gpu/parse/xml.js';
import { mib } from './expected/units.js';

const gpu = (more: string, uuid = 'GPU-a'): string =>
  `<gpu id="00000000:01:00.0"><product_name>GPU</product_name><uuid>${uuid}</uuid>${more}</gpu>`;
const log = (...gpus: readonly string[]): string =>
  `<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>
  <driver_version>590.48.01</driver_version><attached_gpus>${gpus.length}</attached_gpus>${gpus.join('\n')}</nvidia_smi_log>\n`;

const first = { index: '0', name: 'GPU', uuid: 'GPU-a' };

const migDevice = (index: number, instance: number, used: number, total: number): string => `<mig_device>
  <index>${index}</index><gpu_instance_id>${instance}</gpu_instance_id><compute_instance_id>${index}</compute_instance_id>
  <fb_memory_usage><total>${total} MiB</total><reserved>0 MiB</reserved><used>${used} MiB</used><free>1 MiB</free></fb_memory_usage>
  <bar1_memory_usage><total>9 MiB</total><used>9 MiB</used></bar1_memory_usage></mig_device>`;

/** Of three compute instances two share the memory of GPU instance 2. */
const cut = `<mig_mode><current_mig>Enabled</current_mig><pending_mig>Enabled</pending_mig></mig_mode>
  <mig_devices>${migDevice(0, 2, 11_091, 40_448)}${migDevice(1, 2, 11_091, 40_448)}${migDevice(2, 9, 9, 9984)}</mig_devices>
  <fb_memory_usage><total>81559 MiB</total><used>11125 MiB</used><free>69956 MiB</free></fb_memory_usage>
  <utilization><gpu_util>N/A</gpu_util><memory_util>N/A</memory_util></utilization>`;

describe('a log of nvidia-smi', () => {
  test('tells memory once for compute instances that share it', () => {
    expect(parseNvidiaXml(log(gpu(cut)))).toEqual({
      sample: {
        ...{ vendor: 'nvidia', driver: '590.48.01', expected: 1 },
        devices: [
          {
            ...first,
            memory: { used: mib(11_125), free: mib(69_956), total: mib(81_559) },
            isPartitioned: true,
            instances: [
              { id: '2', used: mib(11_091), total: mib(40_448) },
              { id: '9', used: mib(9), total: mib(9984) },
            ],
          },
        ],
      },
    });
  });

  test('with the list, instances have sizes, and devices the indexes that they have there', () => {
    const list = parseNvidiaList(`GPU 0: GPU (UUID: GPU-b)
GPU 1: GPU (UUID: GPU-a)
  MIG 1c.3g.40gb  Device  0: (UUID: MIG-1)
  MIG 2c.3g.40gb  Device  1: (UUID: MIG-2)
  MIG 1g.10gb     Device  2: (UUID: MIG-3)
`);
    const [device] = parseNvidiaXml(log(gpu(cut)), list).sample?.devices ?? [];
    expect(device?.index).toBe('1');
    expect(device?.instances?.map(({ id, profile }) => [id, profile])).toEqual([
      ['2', '3g.40gb'],
      ['9', '1g.10gb'],
    ]);
  });

  test('leaves out an instance that may have been told already', () => {
    const unknown = cut.replaceAll('<gpu_instance_id>2<', '<gpu_instance_id>N/A<');
    const [device] = parseNvidiaXml(log(gpu(unknown))).sample?.devices ?? [];
    expect(device?.instances?.map(({ id }) => id)).toEqual(['9']);
  });

  test('counts past devices that are lost', () => {
    const said = 'Unable to determine the device handle for GPU1: 0000:04:00.0: Unknown Error\n';
    const whole = log(gpu(''), gpu('', 'GPU-c'));
    for (const text of [said + whole, whole + said]) {
      const { sample, fault } = parseNvidiaXml(text);
      expect(sample?.devices.map(({ index, uuid }) => [index, uuid])).toEqual([
        ['0', 'GPU-a'],
        ['2', 'GPU-c'],
      ]);
      expect(sample?.lost).toEqual(['1']);
      expect(fault?.failure).toBe('device_lost');
    }
    expect(parseNvidiaXml(log(gpu(''), gpu('', 'GPU is lost'))).sample).toMatchObject({
      devices: [first],
      lost: ['1'],
    });
  });

  test('sums errors over kinds of memory, and takes totals as they are', () => {
    const ecc = (counts: string): unknown =>
      parseNvidiaXml(log(gpu(`<ecc_errors><volatile>${counts}</volatile></ecc_errors>`))).sample?.devices[0]
        ?.ecc;
    expect(
      ecc(`<sram_correctable>1</sram_correctable><sram_uncorrectable_parity>2</sram_uncorrectable_parity>
      <sram_uncorrectable_secded>3</sram_uncorrectable_secded><dram_correctable>4</dram_correctable><dram_uncorrectable>5</dram_uncorrectable>`),
    ).toEqual({ corrected: 5, uncorrected: 10 });
    expect(
      ecc(
        '<single_bit><device_memory>4</device_memory><total>7</total></single_bit><double_bit><total>1</total></double_bit>',
      ),
    ).toEqual({ corrected: 7, uncorrected: 1 });
    expect(ecc('<sram_correctable>N/A</sram_correctable>')).toBeUndefined();
  });

  test('takes the mean where there is no single figure of power, and not that of the module', () => {
    const power = (readings: string): unknown => {
      const [device] = parseNvidiaXml(log(gpu(readings))).sample?.devices ?? [];
      return [device?.power, device?.powerLimit];
    };
    expect(
      power(`<module_power_readings><power_draw>9.00 W</power_draw></module_power_readings><gpu_power_readings><power_draw>N/A</power_draw>
        <average_power_draw>N/A</average_power_draw><instant_power_draw>8.44 W</instant_power_draw><current_power_limit>70.00 W</current_power_limit></gpu_power_readings>`),
    ).toEqual([8.44, 70]);
    expect(power('<module_power_readings><power_draw>9.00 W</power_draw></module_power_readings>')).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('an older driver says that a reset is due', () => {
    const action = (status: string): unknown =>
      parseNvidiaXml(log(gpu(`<gpu_reset_status>${status}</gpu_reset_status>`))).sample?.devices[0]
        ?.recoveryAction;
    expect(action('<reset_required>Yes</reset_required>')).toBe(1);
    expect(
      action(
        '<reset_required>No</reset_required><drain_and_reset_recommended>Yes</drain_and_reset_recommended>',
      ),
    ).toBe(4);
    expect(action('<reset_required>No</reset_required>')).toBeUndefined();
  });

  test('that breaks off tells what it told, and that it broke off', () => {
    const whole = log(
      gpu('<temperature><gpu_temp>38 C</gpu_temp><memory_temp>40 C</memory_temp></temperature>'),
    );
    const { sample, fault } = parseNvidiaXml(whole.slice(0, whole.indexOf('40 C') + 1));
    expect(sample?.devices).toEqual([{ ...first, temperature: { core: 38 } }]);
    expect(fault?.failure).toBe('parse');
  });

  test.each([
    ['', 'parse'],
    ['<', 'parse'],
    ['<gpu', 'parse'],
    [log(), 'parse'],
    ['No devices were found', 'no_devices'],
    ['Failed to initialize NVML: Driver/library version mismatch', 'driver'],
  ])('%j is none', (text, failure) => {
    const { sample, fault } = parseNvidiaXml(text);
    expect(sample).toBeUndefined();
    expect(fault?.failure).toBe(failure);
  });
});

describe('XML', () => {
  test('passes over what is no element, and decodes the rest', () => {
    const text = `<?xml version="1.0"?><!-- <a>no</a> > --><a id="&quot;1&quot;" empty=""><b/>\n<c> 1 &lt; 2 &amp;amp; &#65;&#x42;&#xffffff;&nbsp; </c></a>`;
    const a = childOf(readXml(text), 'a');
    expect(a).toMatchObject({ attributes: { id: '"1"', empty: '' }, text: undefined });
    expect(a && childOf(a, 'c')?.text).toBe('1 < 2 &amp; AB&#xffffff;&nbsp;');
    expect(a && childOf(a, 'b')?.text).toBeUndefined();
  });

  test('what is unbalanced costs what it is in, and nothing else', () => {
    const root = readXml('<a><b>1</x></b><c>2<d>3</d></a><e>4</e></f><g>5');
    expect(childOf(root, 'a', 'b')?.text).toBeUndefined();
    expect(childOf(root, 'a', 'c')?.text).toBeUndefined();
    expect(childOf(root, 'a', 'c', 'd')?.text).toBe('3');
    expect(childOf(root, 'e')?.text).toBe('4');
    expect(childOf(root, 'g')?.text).toBeUndefined();
  });

  test.each([
    ['deep', '<a>'.repeat(100_000)],
    ['wide', '<a/>'.repeat(100_000)],
    ['open', '<'.repeat(100_000)],
    ['closed', '</a>'.repeat(100_000)],
    ['of attributes', `<a ${'b="'.repeat(100_000)}>`],
    ['of entities', `<a>${'&#'.repeat(100_000)}</a>`],
    ['of comments', '<!--'.repeat(100_000)],
    ['of ends that are not there', Array.from({ length: 100_000 }, (_, at) => `<a${at}>`).join('')],
    ['of ends in another unit', `${'<a>'.repeat(50_000)}</gpu>${'</a>'.repeat(50_000)}`],
  ])('%s: read in a time that grows with its length alone', (_, text) => {
    const start = performance.now();
    readXml(text);
    readXml(text, { names: new Set(['x']), unit: 'gpu' });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('what nobody wants is passed over with all that is in it', () => {
    const interest = { names: new Set(['gpu', 'used', 'memory']), unit: 'gpu' };
    const read = (text: string): unknown => {
      const told = (element: XmlElement): unknown =>
        element.children.length === 0
          ? element.text
          : element.children.map((child) => [child.name, told(child)]);
      return told(readXml(text, interest));
    };
    expect(read('<gpu><bar><used>1</used></bar><memory><used>2</used></memory></gpu>')).toEqual([
      ['gpu', [['memory', [['used', '2']]]]],
    ]);
    // One of its name within it: where it ends is not certain, so that all of it is read.
    expect(read('<gpu><bar><bar>0</bar><used>1</used></bar><used>2</used></gpu>')).toEqual([
      [
        'gpu',
        [
          ['bar', [['used', '1']]],
          ['used', '2'],
        ],
      ],
    ]);
    // Its end is missing: that of the next device is not taken for it.
    expect(read('<gpu><bar><used>1</used></gpu><gpu><bar>3</bar><used>4</used></gpu>')).toEqual([
      ['gpu', [['bar', [['used', '1']]]]],
      ['gpu', [['used', '4']]],
    ]);
  });
});

describe('processes', () => {
  test('whose program has commas in its name', () => {
    const rows =
      'GPU-a, 7, /opt/a --x=1, 2, 3, 10 MiB\nGPU-a, 8, b, [N/A]\nGPU-b, 9, c, 0 MiB\nGPU-b, 0, c, 5 MiB\n, 3';
    expect(parseNvidiaProcesses(`gpu_uuid, pid, process_name, used_gpu_memory [MiB]\n${rows}`)).toEqual([
      { uuid: 'GPU-a', processes: [{ pid: 7, used: mib(10) }] },
      { uuid: 'GPU-b', processes: [{ pid: 9, used: 0 }] },
    ]);
  });

  test('without a header, and with fields in another order', () => {
    expect(parseNvidiaProcesses('7, 10, GPU-a\n', ['pid', 'used_memory', 'gpu_uuid'])).toEqual([
      { uuid: 'GPU-a', processes: [{ pid: 7, used: mib(10) }] },
    ]);
    expect(parseNvidiaProcesses('7, 10, GPU-a, 3\n', ['pid', 'used_memory', 'gpu_uuid'])).toEqual([]);
  });
});
