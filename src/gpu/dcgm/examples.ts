import { dcgmFields, dcgmMemory, lastXids, presences, unknownFrom, type DcgmField } from './fields.js';

/** What dcgm-exporter shows of one device, and what our series is then. */
export interface Example {
  /** Values by field; several where several pods share the device, which gives it a series for each. */
  readonly dcgm: Readonly<Record<string, number | readonly number[]>>;
  /** Labels of the series, beside those that every series of a device has. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Other series of the device that say nothing of ours. */
  readonly beside?: Pick<Example, 'dcgm' | 'labels'>;
  /** Undefined: our series is not there. */
  readonly ours: number | undefined;
  /** Labels of our series, beside the instance and the index of the device. */
  readonly told?: Readonly<Record<string, string>>;
}

/** Examples of one record: of those with these labels. */
export interface Examples {
  readonly record: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly examples: readonly Example[];
}

/** A high value of a field that is one still. */
function high(below: number): number {
  if (below === unknownFrom.int32) return 2_000_000_000;
  return below === unknownFrom.int64 ? 4e18 : below - 1;
}

function scaled({ scale, bit }: DcgmField, value: number): number {
  if (bit !== undefined) return Math.floor(value / bit) % 2;
  if (scale === undefined) return value;
  return scale.op === '/' ? value / scale.by : value * scale.by;
}

function plain(field: DcgmField): readonly Example[] {
  const [first = '', ...others] = field.fields;
  const { below, bit, isAbsentAtZero } = field;
  const each = (value: number): Example => ({ dcgm: { [first]: value }, ours: scaled(field, value) });
  const masks = bit === undefined ? [] : [bit + 1, 2 * bit, 255, 255 - bit].map(each);
  const one = bit ?? 2;
  const less = bit === undefined ? 1 : 0;
  return [
    { dcgm: { [first]: [high(below), one] }, ours: scaled(field, high(below)) },
    { dcgm: { [first]: [one, less] }, ours: scaled(field, one) },
    { dcgm: { [first]: below }, ours: undefined },
    { dcgm: { [first]: 0 }, ours: isAbsentAtZero === true ? undefined : 0 },
    { dcgm: { [first]: 1 }, ours: scaled(field, 1) },
    ...masks,
    ...others.flatMap((other): readonly Example[] => [
      { dcgm: { [other]: [high(below), one] }, ours: scaled(field, high(below)) },
      { dcgm: { [other]: [one, less] }, ours: scaled(field, one) },
      { dcgm: { [other]: below }, ours: undefined },
      { dcgm: { [first]: below, [other]: one }, ours: scaled(field, one) },
      { dcgm: { [first]: one, [other]: 0 }, ours: scaled(field, one) },
    ]),
  ];
}

const [presence, newPresence] = presences;
const [lastXid, newXid] = lastXids;
const [gigabyte, most] = [1024, 2_000_000_000];
const bytes = (mebibytes: number): number => mebibytes * dcgmMemory.scale.by;
const { used, free, reserved, below } = dcgmMemory;
const instance = { GPU_I_ID: '7', GPU_I_PROFILE: '1g.10gb' };
const other = { GPU_I_ID: '8', GPU_I_PROFILE: '1g.10gb' };

function memory(field: string, record: string): Examples {
  return {
    record,
    labels: {},
    examples: [
      { dcgm: { [field]: [most, 512] }, ours: bytes(most) },
      { dcgm: { [field]: [gigabyte, 512] }, ours: bytes(gigabyte) },
      { dcgm: { [field]: below }, ours: undefined },
      { dcgm: { [field]: 512 }, labels: instance, ours: undefined },
      { dcgm: { [field]: 0 }, ours: 0 },
    ],
  };
}

/** The total of devices, or of instances: `labels` are those of their series, `strange` those of series that are not theirs. */
function totals(
  record: string,
  labels: Readonly<Record<string, string>>,
  told: Readonly<Record<string, string>>,
  strange: Readonly<Record<string, string>>,
): Examples {
  const parts = (
    values: readonly [number | number[], number | number[], (number | number[])?],
  ): Example['dcgm'] => ({
    [used]: values[0],
    [free]: values[1],
    ...(values[2] === undefined ? {} : { [reserved]: values[2] }),
  });
  return {
    record,
    labels: {},
    examples: [
      {
        dcgm: parts([
          [most, 1],
          [most - 1, 2],
          [most - 2, 3],
        ]),
        labels,
        told,
        ours: bytes(3 * most - 3),
      },
      {
        dcgm: parts([
          [16, 8],
          [4, 1],
          [2, 1],
        ]),
        labels,
        told,
        ours: bytes(22),
      },
      { dcgm: parts([16, 4]), labels, told, ours: bytes(20) },
      { dcgm: parts([16, 4, below]), labels, told, ours: bytes(20) },
      { dcgm: parts([below, 4, 2]), labels, told, ours: undefined },
      { dcgm: parts([16, below, 2]), labels, told, ours: undefined },
      { dcgm: parts([16, 4, 2]), labels: strange, ours: undefined },
      {
        dcgm: parts([16, 4, 2]),
        labels,
        told,
        beside: { dcgm: parts([64, 32, 8]), labels: strange },
        ours: bytes(22),
      },
    ],
  };
}

/** The examples of every record of a device, in any order. */
export const dcgmExamples: readonly Examples[] = [
  ...dcgmFields.map((field) => ({ record: field.record, labels: field.labels, examples: plain(field) })),
  memory(used, 'gpu_memory_used_bytes'),
  memory(free, 'gpu_memory_free_bytes'),
  memory(reserved, 'gpu_memory_reserved_bytes'),
  totals('gpu_memory_total_bytes', {}, {}, instance),
  totals('gpu_mig_memory_total_bytes', instance, { mig: '7' }, {}),
  {
    record: 'gpu_mig_memory_used_bytes',
    labels: {},
    examples: [
      // Two compute instances share one GPU instance, and each of them shows all of its memory.
      { dcgm: { [used]: [512, 512] }, labels: instance, told: { mig: '7' }, ours: bytes(512) },
      { dcgm: { [used]: [most, 512] }, labels: instance, told: { mig: '7' }, ours: bytes(most) },
      { dcgm: { [used]: below }, labels: instance, ours: undefined },
      { dcgm: { [used]: 256 }, labels: other, told: { mig: '8' }, ours: bytes(256) },
      { dcgm: { [used]: 1024 }, ours: undefined },
    ],
  },
  {
    record: 'gpu_xid_errors_total',
    labels: {},
    examples: [
      { dcgm: { [lastXid]: [79, 79] }, told: { xid: '79' }, ours: 1 },
      { dcgm: { [lastXid]: [31, 48] }, told: { xid: '48' }, ours: 1 },
      { dcgm: { [lastXid]: 999 }, told: { xid: '999' }, ours: 1 },
      { dcgm: { [lastXid]: 1 }, told: { xid: '1' }, ours: 1 },
      { dcgm: { [lastXid]: 1000 }, ours: undefined },
      { dcgm: { [lastXid]: 0 }, ours: undefined },
      { dcgm: { [newXid]: [79, 79] }, told: { xid: '79' }, ours: 1 },
      { dcgm: { [newXid]: 1 }, told: { xid: '1' }, ours: 1 },
      { dcgm: { [newXid]: 999 }, told: { xid: '999' }, ours: 1 },
      { dcgm: { [newXid]: 1000 }, ours: undefined },
      { dcgm: { [newXid]: 0 }, ours: undefined },
    ],
  },
  {
    record: 'gpu_info',
    labels: {},
    examples: [
      {
        dcgm: { [presence]: [40, 41] },
        labels: { UUID: 'GPU-a', modelName: 'NVIDIA H100 80GB HBM3' },
        told: { uuid: 'GPU-a', name: 'NVIDIA H100 80GB HBM3' },
        ours: 1,
      },
      {
        dcgm: { [presence]: 40 },
        labels: { uuid: 'GPU-b', modelName: 'Tesla T4' },
        told: { uuid: 'GPU-b', name: 'Tesla T4' },
        ours: 1,
      },
      {
        dcgm: { [newPresence]: 40 },
        labels: { UUID: 'GPU-c', modelName: 'NVIDIA B200' },
        told: { uuid: 'GPU-c', name: 'NVIDIA B200' },
        ours: 1,
      },
    ],
  },
  {
    record: 'gpu_mig_info',
    labels: {},
    examples: [
      { dcgm: { [used]: [1, 2] }, labels: instance, told: { mig: '7', profile: '1g.10gb' }, ours: 1 },
      { dcgm: { [used]: 1 }, labels: other, told: { mig: '8', profile: '1g.10gb' }, ours: 1 },
      { dcgm: { [used]: 1 }, ours: undefined },
    ],
  },
];
