import { dcgmMemory, lastXid, presence } from './fields.js';

/** What dcgm-exporter shows while all is well, and what it shows while an alert has to fire; a field that is not there then is left out. */
export interface Course {
  readonly calm: Readonly<Record<string, number>>;
  readonly bad: Readonly<Record<string, number>>;
  /** Labels of the series, beside those that every series of a device has. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether it concerns all devices of the host, and not one of two. */
  readonly isOfHost?: boolean;
  /** What the service shows of itself meanwhile, all the time. */
  readonly beside?: Readonly<
    Record<string, { readonly labels: Readonly<Record<string, string>>; readonly value: number }>
  >;
  /** Minutes that its condition takes to see that it has turned bad, beyond what any alert is given. */
  readonly lag?: number;
}

const { used, free } = dcgmMemory;
const reasons = 'DCGM_FI_DEV_CLOCKS_EVENT_REASONS';

function turns(field: string, calm: number, bad: number): Course {
  return { calm: { [field]: calm }, bad: { [field]: bad } };
}

/** Courses of the presets' alerts, by their names. Of the stuck and the failing collector dcgm-exporter has nothing to say. */
export const courses: ReadonlyMap<string, Course> = new Map([
  ['GpuNeedsRecovery', turns('DCGM_FI_DEV_GET_GPU_RECOVERY_ACTION', 0, 2)],
  ['GpuMissing', { calm: { [presence]: 40 }, bad: {} }],
  ['GpuMemoryErrors', turns('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 0, 1)],
  ['GpuRowRemapFailed', turns('DCGM_FI_DEV_ROW_REMAP_FAILURE', 0, 1)],
  ['GpuRowRemapPending', turns('DCGM_FI_DEV_RETIRED_PENDING', 0, 2)],
  ['GpuDriverError', turns(lastXid, 0, 79)],
  // The power cap all the time: no alert asks for that.
  ['GpuHardwareThrottle', turns(reasons, 0x4, 0x4 | 0x8 | 0x40)],
  ['GpuThermalThrottle', turns(reasons, 0x4, 0x4 | 0x20)],
  ['GpuTemperatureMarginLow', turns('DCGM_FI_DEV_GPU_TEMP_LIMIT', 40, 2)],
  ['GpuHot', turns(presence, 60, 95)],
  ['GpuMemoryNearlyFull', { calm: { [used]: 1000, [free]: 9000 }, bad: { [used]: 9800, [free]: 200 } }],
  [
    'GpuInstanceMemoryNearlyFull',
    {
      calm: { [used]: 1000, [free]: 9000 },
      bad: { [used]: 9800, [free]: 200 },
      labels: { GPU_I_ID: '7', GPU_I_PROFILE: '1g.10gb' },
    },
  ],
  [
    'TrainingLeavesGpusIdle',
    {
      ...turns('DCGM_FI_DEV_GPU_UTIL', 90, 5),
      isOfHost: true,
      // The job is another target than the exporter: what they have in common is the host.
      beside: { training_active_runs: { labels: { instance: 'node-a:8080', model: 'm' }, value: 1 } },
      lag: 30,
    },
  ],
  ['GpuCollectorDown', { calm: { [presence]: 40 }, bad: {}, isOfHost: true }],
]);
