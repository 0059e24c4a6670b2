import { describe, expect, test } from 'vitest';
import type { GpuDevice } from '../../../src/runtime/gpu/device.js';
import { wantedOf } from '../../../src/runtime/gpu/wanted.js';

const device: GpuDevice = {
  index: '0',
  uuid: 'GPU-1',
  recoveryAction: 0,
  isPartitioned: false,
  utilization: { general: 0.5, encoder: 0.1, decoder: 0 },
  memoryBandwidth: 0.2,
  memory: { used: 1 },
  temperature: { core: 50 },
  temperatureMargin: 30,
  power: 1,
  powerLimit: 2,
  energy: 3,
  clocks: { sm: 1 },
  throttled: { thermal: true },
  throttleSeconds: { thermal: 1 },
  ecc: { corrected: 1 },
  remapped: { failed: 0 },
  pcie: { receive: 1 },
  pcieReplays: 2,
  nvlink: { transmit: 1 },
  fanSpeed: 0.5,
  instances: [{ id: '1' }],
  processes: [{ pid: 1, used: 1 }],
};
const identity = { index: '0', uuid: 'GPU-1', recoveryAction: 0, isPartitioned: false };

/** What there is of a device, without what is undefined. */
function kept(...families: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(wantedOf(device, new Set(families))));
}

describe('families of metrics', () => {
  test.each<[family: string, parts: object]>([
    ['utilization', { utilization: { general: 0.5 }, memoryBandwidth: 0.2 }],
    ['encoder', { utilization: { encoder: 0.1, decoder: 0 } }],
    ['memory', { memory: { used: 1 } }],
    ['temperature', { temperature: { core: 50 }, temperatureMargin: 30 }],
    ['power', { power: 1, powerLimit: 2 }],
    ['energy', { energy: 3 }],
    ['clocks', { clocks: { sm: 1 } }],
    ['throttle', { throttled: { thermal: true }, throttleSeconds: { thermal: 1 } }],
    ['ecc', { ecc: { corrected: 1 }, remapped: { failed: 0 } }],
    ['pcie', { pcie: { receive: 1 }, pcieReplays: 2 }],
    ['nvlink', { nvlink: { transmit: 1 } }],
    ['fan', { fanSpeed: 0.5 }],
    ['mig', { instances: [{ id: '1' }] }],
    ['processes', { processes: [{ pid: 1, used: 1 }] }],
    ['xid', {}],
  ])('%s', (family, parts) => {
    const { utilization, ...others } = kept(family) as { utilization?: object };
    const use = utilization === undefined || Object.keys(utilization).length === 0 ? {} : { utilization };
    expect({ ...others, ...use }).toEqual({ ...identity, ...parts });
  });

  test('all where none are named', () => {
    expect(wantedOf(device, undefined)).toBe(device);
  });

  test('of a device that tells little, no more than it tells', () => {
    expect(JSON.stringify(wantedOf({ index: '0' }, new Set(['utilization', 'memory'])))).toBe(
      '{"index":"0"}',
    );
  });
});
