/**
 * What dcgm-exporter calls our metrics. Only what says the same is here: its PCIe traffic is a rate where ours is a counter, and its NVLink
 * bandwidth has no documented unit, so both have no alias.
 *
 * Names as in etc/default-counters.csv of dcgm-exporter 4.8, those that are commented out there included; units as its help texts say.
 * The second name is that of DCGM 4.6 and later, by which a list of one's own may ask: the same field by number (dcgm_fields.h of go-dcgm
 * b7fa3154, "DCGM_DEPRECATED"), so in the same unit. DCGM_FI_DEV_GPU_UTIL_RATIO is none of these: it is the field 203 with a percentage in
 * DCGM 4.6 and the field 1613 with a share in 4.7, and a 1 of it may be either.
 */

/** Of a value that is not known DCGM writes one of these or the three above it, for its 32-bit, 64-bit and floating fields. */
export const unknownFrom = { int32: 2_147_483_632, int64: 2 ** 62, fp64: 140_737_488_355_328 } as const;

/** One field of DCGM that is one of our series. */
export interface DcgmField {
  readonly record: string;
  /** Labels that tell the series from others of the metric. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of the field, the one to be preferred first. */
  readonly fields: readonly string[];
  /** From DCGM's unit to ours. */
  readonly scale?: { readonly op: '*' | '/'; readonly by: number };
  /** Values from here on are none: DCGM's way of saying so, or what cannot be. */
  readonly below: number;
  /** Whether 0 means that there is no such sensor. */
  readonly isAbsentAtZero?: boolean;
  /** The field is a mask of which this bit is the series. */
  readonly bit?: number;
}

const percent = { scale: { op: '/', by: 100 }, below: 101 } as const;
const mebibytes = { scale: { op: '*', by: 2 ** 20 }, below: unknownFrom.int32 } as const;
const megahertz = { scale: { op: '*', by: 1e6 }, below: unknownFrom.int32 } as const;
const nanoseconds = { scale: { op: '/', by: 1e9 }, below: unknownFrom.int64 } as const;
const count = { below: unknownFrom.int32 } as const;
const total = { below: unknownFrom.int64 } as const;

const engines: readonly DcgmField[] = (
  [
    ['general', 'DCGM_FI_DEV_GPU_UTIL'],
    ['encoder', 'DCGM_FI_DEV_ENC_UTIL'],
    ['decoder', 'DCGM_FI_DEV_DEC_UTIL'],
  ] as const
).map(([engine, field]) => ({
  record: 'gpu_utilization_ratio',
  labels: { engine },
  fields: [field],
  ...percent,
}));

const clocks: readonly DcgmField[] = (
  [
    ['sm', 'DCGM_FI_DEV_SM_CLOCK'],
    ['memory', 'DCGM_FI_DEV_MEM_CLOCK'],
    ['video', 'DCGM_FI_DEV_VIDEO_CLOCK'],
  ] as const
).map(([clock, field]) => ({ record: 'gpu_clock_hertz', labels: { clock }, fields: [field], ...megahertz }));

/** Bits of NVML's clock event reasons. */
const throttled: readonly DcgmField[] = (
  [
    ['power_cap', 0x4],
    ['sync_boost', 0x10],
    ['thermal', 0x20],
    ['hw_thermal', 0x40],
    ['power_brake', 0x80],
  ] as const
).map(([reason, bit]) => ({
  record: 'gpu_throttled',
  labels: { reason },
  fields: ['DCGM_FI_DEV_CLOCKS_EVENT_REASONS', 'DCGM_FI_DEV_CLOCK_THROTTLE_REASONS'],
  below: unknownFrom.int32,
  bit,
}));

const throttleSeconds: readonly DcgmField[] = (
  [
    ['power_cap', 'DCGM_FI_DEV_POWER_VIOLATION'],
    ['thermal', 'DCGM_FI_DEV_THERMAL_VIOLATION'],
    ['sync_boost', 'DCGM_FI_DEV_SYNC_BOOST_VIOLATION'],
    ['reliability', 'DCGM_FI_DEV_RELIABILITY_VIOLATION'],
    ['other', 'DCGM_FI_DEV_BOARD_LIMIT_VIOLATION'],
  ] as const
).map(([reason, field]) => ({
  record: 'gpu_throttle_seconds_total',
  labels: { reason },
  fields: [field],
  ...nanoseconds,
}));

const ecc: readonly DcgmField[] = (
  [
    ['corrected', 'DCGM_FI_DEV_ECC_SBE_VOL_TOTAL'],
    ['uncorrected', 'DCGM_FI_DEV_ECC_DBE_VOL_TOTAL'],
  ] as const
).map(([error_type, field]) => ({
  record: 'gpu_ecc_errors_total',
  labels: { error_type },
  fields: [field],
  ...total,
}));

/** Rows are remapped from Ampere on, pages retired before. */
const remapped: readonly DcgmField[] = (
  [
    [
      'correctable',
      'DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS',
      'DCGM_FI_DEV_ROW_REMAP_CORRECTABLE_TOTAL',
      'DCGM_FI_DEV_RETIRED_SBE',
      'DCGM_FI_DEV_PAGE_RETIRED_SBE_TOTAL',
    ],
    [
      'uncorrectable',
      'DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS',
      'DCGM_FI_DEV_ROW_REMAP_UNCORRECTABLE_TOTAL',
      'DCGM_FI_DEV_RETIRED_DBE',
      'DCGM_FI_DEV_PAGE_RETIRED_DBE_TOTAL',
    ],
    [
      'pending',
      'DCGM_FI_DEV_ROW_REMAP_PENDING',
      'DCGM_FI_DEV_RETIRED_PENDING',
      'DCGM_FI_DEV_PAGE_RETIRED_PENDING',
    ],
    ['failed', 'DCGM_FI_DEV_ROW_REMAP_FAILURE', 'DCGM_FI_DEV_ROW_REMAP_FAILED'],
  ] as const
).map(([state, ...fields]) => ({ record: 'gpu_remapped_rows', labels: { state }, fields, ...count }));

/** A reading that every device gives: who has it is there. */
export const presence = 'DCGM_FI_DEV_GPU_TEMP';
/** Its names, the one of dcgm-exporter's own list first. */
export const presences = [presence, 'DCGM_FI_DEV_GPU_TEMP_CELSIUS'] as const;

/** Fields of a device that are a series of ours as they are, but for the unit. */
export const dcgmFields: readonly DcgmField[] = [
  ...engines,
  {
    record: 'gpu_memory_bandwidth_utilization_ratio',
    labels: {},
    fields: ['DCGM_FI_DEV_MEM_COPY_UTIL'],
    ...percent,
  },
  { record: 'gpu_temperature_celsius', labels: { sensor: 'core' }, fields: presences, below: 201 },
  {
    record: 'gpu_temperature_celsius',
    labels: { sensor: 'memory' },
    fields: ['DCGM_FI_DEV_MEMORY_TEMP', 'DCGM_FI_DEV_MEMORY_TEMP_CELSIUS'],
    below: 201,
    isAbsentAtZero: true,
  },
  {
    record: 'gpu_temperature_margin_celsius',
    labels: {},
    fields: ['DCGM_FI_DEV_GPU_TEMP_LIMIT', 'DCGM_FI_DEV_GPU_TEMP_MARGIN_CELSIUS'],
    below: 201,
  },
  { record: 'gpu_fan_speed_ratio', labels: {}, fields: ['DCGM_FI_DEV_FAN_SPEED'], ...percent, below: 201 },
  {
    record: 'gpu_power_watts',
    labels: {},
    fields: ['DCGM_FI_DEV_POWER_USAGE', 'DCGM_FI_DEV_BOARD_POWER_WATTS'],
    below: 10_001,
  },
  {
    record: 'gpu_power_limit_watts',
    labels: {},
    fields: [
      'DCGM_FI_DEV_ENFORCED_POWER_LIMIT',
      'DCGM_FI_DEV_BOARD_POWER_LIMIT_ENFORCED_WATTS',
      'DCGM_FI_DEV_POWER_MGMT_LIMIT',
      'DCGM_FI_DEV_BOARD_POWER_LIMIT_REQUESTED_WATTS',
    ],
    below: 10_001,
  },
  {
    record: 'gpu_energy_joules_total',
    labels: {},
    fields: ['DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION'],
    scale: { op: '/', by: 1000 },
    below: unknownFrom.int64,
  },
  ...clocks,
  ...throttled,
  ...throttleSeconds,
  ...ecc,
  ...remapped,
  {
    record: 'gpu_pcie_replays_total',
    labels: {},
    fields: ['DCGM_FI_DEV_PCIE_REPLAY_COUNTER', 'DCGM_FI_DEV_PCIE_REPLAY_TOTAL'],
    ...total,
  },
  {
    record: 'gpu_recovery_action',
    labels: {},
    fields: ['DCGM_FI_DEV_GPU_RECOVERY_ACTION', 'DCGM_FI_DEV_GET_GPU_RECOVERY_ACTION'],
    below: 5,
  },
];

/** Memory of a device, or of an instance that it is cut into. */
export const dcgmMemory = {
  used: 'DCGM_FI_DEV_FB_USED',
  free: 'DCGM_FI_DEV_FB_FREE',
  reserved: 'DCGM_FI_DEV_FB_RESERVED',
  ...mebibytes,
} as const;

/** The number of the last error: it stays until there is another one, or the driver is loaded anew. */
export const lastXid = 'DCGM_FI_DEV_XID_ERRORS';
/** Its names, the one of dcgm-exporter's own list first. */
export const lastXids = [lastXid, 'DCGM_FI_DEV_XID_ERROR'] as const;
