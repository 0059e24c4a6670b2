import type { GpuDevice } from './device.js';

/** Families of metrics, as `gpu.collectors.*.metrics` has them. */
export type GpuFamily =
  | 'utilization'
  | 'memory'
  | 'temperature'
  | 'power'
  | 'energy'
  | 'clocks'
  | 'ecc'
  | 'xid'
  | 'throttle'
  | 'pcie'
  | 'nvlink'
  | 'fan'
  | 'encoder'
  | 'mig'
  | 'processes';

/** By family, what of a device it is; `xid` is none of these: it comes from the kernel's log. */
const parts: Readonly<Partial<Record<GpuFamily, readonly (keyof GpuDevice)[]>>> = {
  memory: ['memory'],
  temperature: ['temperature', 'temperatureMargin'],
  power: ['power', 'powerLimit'],
  energy: ['energy'],
  clocks: ['clocks'],
  ecc: ['ecc', 'remapped'],
  throttle: ['throttled', 'throttleSeconds'],
  pcie: ['pcie', 'pcieReplays'],
  nvlink: ['nvlink'],
  fan: ['fanSpeed'],
  mig: ['instances'],
  processes: ['processes'],
};

/**
 * A device with what is wanted of it: a tool may tell more. Its identity and what the driver asks for are always kept.
 * @param families undefined: all
 */
export function wantedOf(device: GpuDevice, families: ReadonlySet<string> | undefined): GpuDevice {
  if (families === undefined) return device;
  const { utilization, memoryBandwidth, ...others } = device;
  const unwanted = Object.entries(parts).flatMap(([family, keys]) => (families.has(family) ? [] : keys));
  const kept = Object.entries(others).filter(([key]) => !unwanted.includes(key as keyof GpuDevice));
  return {
    ...(Object.fromEntries(kept) as unknown as GpuDevice),
    utilization: wantedUse(utilization, families),
    memoryBandwidth: families.has('utilization') ? memoryBandwidth : undefined,
  };
}

/** The engines of one metric are of two families. */
function wantedUse(use: GpuDevice['utilization'], families: ReadonlySet<string>): GpuDevice['utilization'] {
  if (use === undefined) return undefined;
  const { general, ...codecs } = use;
  return {
    ...(families.has('utilization') && general !== undefined ? { general } : {}),
    ...(families.has('encoder') ? codecs : {}),
  };
}
