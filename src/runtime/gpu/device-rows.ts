import type { GpuDevice, GpuInstance } from './device.js';
import type { GpuCounter, GpuGauge, GpuMetrics } from './metrics.js';

/** The labels of a row besides `gpu`, and its value. */
export type DeviceRow = readonly [labels: Readonly<Record<string, string>>, value: number];

/** The names of those metrics that are of a shape. */
type NameOf<Shape> = {
  [K in keyof GpuMetrics]-?: Required<GpuMetrics>[K] extends Shape ? K : never;
}[keyof GpuMetrics];

/** What one metric shows of a device. */
interface Reading<Name> {
  readonly metric: Name;
  readonly rows: (device: GpuDevice) => readonly DeviceRow[];
}

/** The gauges of devices. */
export const deviceGauges: readonly Reading<NameOf<GpuGauge>>[] = [
  { metric: 'gpuUtilizationRatio', rows: ({ utilization }) => by('engine', utilization) },
  { metric: 'gpuMemoryBandwidthUtilizationRatio', rows: ({ memoryBandwidth }) => one(memoryBandwidth) },
  { metric: 'gpuMemoryUsedBytes', rows: ({ memory }) => one(memory?.used) },
  { metric: 'gpuMemoryFreeBytes', rows: ({ memory }) => one(memory?.free) },
  { metric: 'gpuMemoryReservedBytes', rows: ({ memory }) => one(memory?.reserved) },
  { metric: 'gpuMemoryTotalBytes', rows: ({ memory }) => one(memory?.total) },
  { metric: 'gpuMigMemoryUsedBytes', rows: ({ instances }) => each(instances, ({ used }) => used) },
  { metric: 'gpuMigMemoryTotalBytes', rows: ({ instances }) => each(instances, ({ total }) => total) },
  { metric: 'gpuTemperatureCelsius', rows: ({ temperature }) => by('sensor', temperature) },
  { metric: 'gpuTemperatureMarginCelsius', rows: ({ temperatureMargin }) => one(temperatureMargin) },
  { metric: 'gpuFanSpeedRatio', rows: ({ fanSpeed }) => one(fanSpeed) },
  { metric: 'gpuPowerWatts', rows: ({ power }) => one(power) },
  { metric: 'gpuPowerLimitWatts', rows: ({ powerLimit }) => one(powerLimit) },
  { metric: 'gpuClockHertz', rows: ({ clocks }) => by('clock', clocks) },
  { metric: 'gpuThrottled', rows: ({ throttled }) => by('reason', throttled) },
  { metric: 'gpuRemappedRows', rows: ({ remapped }) => by('state', remapped) },
  { metric: 'gpuRecoveryAction', rows: ({ recoveryAction }) => one(recoveryAction) },
  // An empty value is no label to Prometheus: what the tool does not tell is not there.
  { metric: 'gpuInfo', rows: ({ uuid = '', name = '' }) => [[{ uuid, name }, 1]] },
  {
    metric: 'gpuMigInfo',
    rows: ({ instances = [] }) =>
      unique(instances).map(({ id, profile = '' }) => [{ mig: id, profile }, 1] as const),
  },
];

/** The totals of devices, as drivers count them. */
export const deviceTotals: readonly Reading<NameOf<GpuCounter>>[] = [
  { metric: 'gpuEnergyJoulesTotal', rows: ({ energy }) => one(energy) },
  { metric: 'gpuThrottleSecondsTotal', rows: ({ throttleSeconds }) => by('reason', throttleSeconds) },
  { metric: 'gpuEccErrorsTotal', rows: ({ ecc }) => by('error_type', ecc) },
  { metric: 'gpuPcieBytesTotal', rows: ({ pcie }) => by('direction', pcie) },
  { metric: 'gpuPcieReplaysTotal', rows: ({ pcieReplays }) => one(pcieReplays) },
  { metric: 'gpuNvlinkBytesTotal', rows: ({ nvlink }) => by('direction', nvlink) },
];

function one(value: number | undefined): readonly DeviceRow[] {
  return value === undefined ? [] : [[{}, value]];
}

/** A row for each part that is known, whose key is the label's value. */
function by(
  label: string,
  values: Readonly<Record<string, number | boolean | undefined>> | undefined,
): readonly DeviceRow[] {
  return Object.entries(values ?? {}).flatMap(([key, value]): DeviceRow[] =>
    value === undefined ? [] : [[{ [label]: key }, Number(value)]],
  );
}

function each(
  instances: readonly GpuInstance[] | undefined,
  valueOf: (instance: GpuInstance) => number | undefined,
): readonly DeviceRow[] {
  return unique(instances ?? []).flatMap((instance): DeviceRow[] => {
    const value = valueOf(instance);
    return value === undefined ? [] : [[{ mig: instance.id }, value]];
  });
}

/** Rows of one label set would be added up: an instance that is told twice is counted once. */
function unique(instances: readonly GpuInstance[]): readonly GpuInstance[] {
  return [...new Map(instances.map((instance) => [instance.id, instance])).values()];
}
