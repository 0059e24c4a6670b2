import { describe, expect, test } from 'vitest';
import type { GpuDevice, GpuSample } from '../../../src/runtime/gpu/device.js';
import { visibleDevices, visibleSample } from '../../../src/runtime/gpu/visible-devices.js';

const device = (index: string, more: Partial<GpuDevice> = {}): GpuDevice => ({
  index,
  uuid: `GPU-${index}0000000-aaaa-bbbb-cccc-dddddddddddd`,
  ...more,
});
const host: GpuSample = {
  vendor: 'nvidia',
  devices: ['0', '1', '2', '3'].map((index) => device(index)),
  expected: 4,
};

function seen(text: string | undefined, sample: GpuSample = host): readonly string[] {
  return visibleSample(sample, visibleDevices(text)).devices.map(({ index }) => index);
}

describe('NVIDIA_VISIBLE_DEVICES', () => {
  test.each<[what: string, text: string | undefined, indexes: readonly string[]]>([
    ['not set', '', ['0', '1', '2', '3']],
    ['all', 'all', ['0', '1', '2', '3']],
    ['void: devices come in by another way', 'void', ['0', '1', '2', '3']],
    ['none', 'none', []],
    ['a uuid', 'GPU-10000000-aaaa-bbbb-cccc-dddddddddddd', ['1']],
    ['uuids, cut short and in other letters', 'gpu-10000000, GPU-30000000-AAAA', ['1', '3']],
    ['indexes, seen from a container with all privileges', '1,3', ['1', '3']],
    ['an index that is not there', '7', []],
    ['a uuid that is not there', 'GPU-99999999-aaaa-bbbb-cccc-dddddddddddd', []],
    ['a folder that lists them', '/var/run/nvidia-container-devices', ['0', '1', '2', '3']],
  ])('%s', (_, text, indexes) => {
    expect(seen(text)).toEqual(indexes);
  });

  test('a container that is shown its own devices alone counts from 0', () => {
    expect(seen('2,3', { vendor: 'nvidia', devices: [device('0'), device('1')] })).toEqual(['0', '1']);
  });

  test('devices that are missing are still expected', () => {
    const visible = visibleDevices('GPU-10000000,GPU-20000000');
    const sample = { ...host, devices: [device('0'), device('1'), device('3')], lost: ['00000000:41:00.0'] };
    expect(visibleSample(sample, visible)).toMatchObject({
      devices: [{ index: '1' }],
      expected: 2,
      lost: ['00000000:41:00.0'],
    });
    // It was one of somebody else's.
    const other = { ...host, devices: [device('1'), device('2'), device('3')], lost: ['0'] };
    expect(visibleSample(other, visible)).toMatchObject({ expected: 2, lost: [] });
  });

  test('a slice that names its device keeps that device, with its own instance', () => {
    const instances = [{ id: '1' }, { id: '7' }];
    const sample: GpuSample = {
      vendor: 'nvidia',
      devices: [
        device('0', { isPartitioned: true, instances }),
        device('1', { isPartitioned: true, instances }),
      ],
    };
    const visible = visibleDevices('MIG-GPU-10000000-aaaa-bbbb-cccc-dddddddddddd/7/0');
    expect(visibleSample(sample, visible).devices).toMatchObject([{ index: '1', instances: [{ id: '7' }] }]);
  });

  test('a slice with a uuid of its own keeps the devices that are cut into slices', () => {
    const instances = [{ id: '1' }, { id: '7' }];
    const sample: GpuSample = {
      vendor: 'nvidia',
      devices: [device('0'), device('1', { isPartitioned: true, instances })],
    };
    const visible = visibleDevices('MIG-c7384736-a75d-5afc-978f-d2f1294409fd');
    expect(visibleSample(sample, visible)).toMatchObject({
      devices: [{ index: '1', instances }],
      expected: 1,
    });
  });

  test('a slice with a uuid of its own keeps its instance alone, where instances are listed with theirs', () => {
    const partitioned = (index: string): GpuDevice =>
      device(index, {
        isPartitioned: true,
        // Two compute instances share the memory of the second one.
        instances: [
          { id: '1', uuids: [`MIG-${index}0000000-a`] },
          { id: '7', uuids: [`MIG-${index}0000000-b`, `MIG-${index}0000000-c`] },
        ],
      });
    const sample: GpuSample = {
      vendor: 'nvidia',
      devices: [partitioned('0'), partitioned('1'), device('2')],
    };
    const own = (text: string): unknown =>
      visibleSample(sample, visibleDevices(text)).devices.map(({ index, instances }) => [
        index,
        instances?.map(({ id }) => id),
      ]);
    expect(own('MIG-10000000-c')).toEqual([['1', ['7']]]);
    expect(own('mig-00000000-A,MIG-10000000-b')).toEqual([
      ['0', ['1']],
      ['1', ['7']],
    ]);
    expect(own('MIG-f0000000-a')).toEqual([]);
  });

  test('says nothing of the devices of other vendors', () => {
    const sample: GpuSample = { vendor: 'amd', devices: [{ index: '0' }] };
    expect(visibleSample(sample, visibleDevices('none'))).toBe(sample);
  });

  test('is read from the environment', () => {
    const before = process.env['NVIDIA_VISIBLE_DEVICES'];
    try {
      process.env['NVIDIA_VISIBLE_DEVICES'] = 'none';
      expect(visibleDevices()?.count).toBe(0);
      delete process.env['NVIDIA_VISIBLE_DEVICES'];
      expect(visibleDevices()).toBeUndefined();
    } finally {
      if (before === undefined) delete process.env['NVIDIA_VISIBLE_DEVICES'];
      else process.env['NVIDIA_VISIBLE_DEVICES'] = before;
    }
  });
});
