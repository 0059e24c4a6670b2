import type { Expr } from '../../promql/ast.js';
import {
  aggregate,
  binary,
  by,
  call,
  chain,
  duration,
  matcher,
  number,
  selector,
  string,
} from '../../promql/build.js';
import {
  byInstance,
  device,
  fieldExpr,
  hosted,
  instanceMemoryExpr,
  instanceMemoryTotalExpr,
  instancesOf,
  known,
  memoryExpr,
  memoryTotalExpr,
  relabelled,
} from './expressions.js';
import { dcgmFields, dcgmMemory, lastXids, presences } from './fields.js';

/** A series of ours, made from dcgm-exporter's. */
export interface DcgmRecord {
  readonly record: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly expr: Expr;
}

/** Devices of a host as dcgm-exporter shows them now; read by the rules on the collector, and by nothing else. */
export const devicesSeen = 'dcgm:gpu_devices:count';

const vendor = { vendor: 'nvidia' } as const;
/** A device that is not shown any more is missed for so long, in seconds: a host may have been given fewer in the meantime. */
const remembered = 6 * 3600;
/** An exporter whose target is there and that shows nothing is down for so long, in seconds; then its host has no devices. */
const lost = 3600;

/** What DCGM shows by one of several names of a field. */
const either = ([first, ...others]: readonly [string, ...string[]], of: (name: string) => Expr): Expr =>
  chain('or', [of(first), ...others.map(of)]);

const reading = either(presences, (name) => known(name, 201));
const devices = byInstance(aggregate('sum', aggregate('group', hosted(reading), by(device)), by(['host'])));

/** Without it the 0 would stay for an hour after a host was taken away on purpose: its target is gone then. */
const expectedTargets = binary(
  'and',
  either(presences, (name) => call('last_over_time', selector(name, [], { range: duration(lost) }))),
  selector('up'),
  { matching: { mode: 'on', labels: ['job', 'instance'] } },
);

const up = byInstance(
  binary(
    'or',
    aggregate('group', hosted(reading), by(['host'])),
    binary('*', number(0), aggregate('group', hosted(expectedTargets), by(['host']))),
  ),
);

/**
 * DCGM shows the number of the last error, for good. The series of that number is 1 from when it appears, which is what an alert on a new
 * series looks for; the same error twice in a row is seen once.
 */
const xids = byInstance(
  aggregate(
    'count_values',
    aggregate(
      'max',
      hosted(either(lastXids, (name) => binary('>', known(name, 1000), number(0)))),
      by(device),
    ),
    by(device),
    string('xid'),
  ),
);

const identity = relabelled(
  relabelled(hosted(either(presences, (name) => selector(name))), 'uuid', 'UUID'),
  'name',
  'modelName',
);
const drivers = either(['DCGM_FI_DRIVER_VERSION', 'DCGM_FI_SYSTEM_DRIVER_VERSION'], (label) =>
  either(presences, (name) =>
    relabelled(hosted(selector(name, [matcher(label, '!=', '')])), 'driver', label),
  ),
);
const instances = relabelled(
  relabelled(hosted(instancesOf(dcgmMemory.used)), 'mig', 'GPU_I_ID'),
  'profile',
  'GPU_I_PROFILE',
);

/** All of them, in the order in which they read each other. */
export const dcgmRecords: readonly DcgmRecord[] = [
  ...dcgmFields.map((field) => ({ record: field.record, labels: field.labels, expr: fieldExpr(field) })),
  { record: 'gpu_memory_used_bytes', labels: {}, expr: memoryExpr('used') },
  { record: 'gpu_memory_free_bytes', labels: {}, expr: memoryExpr('free') },
  { record: 'gpu_memory_reserved_bytes', labels: {}, expr: memoryExpr('reserved') },
  { record: 'gpu_memory_total_bytes', labels: {}, expr: memoryTotalExpr },
  { record: 'gpu_mig_memory_used_bytes', labels: {}, expr: instanceMemoryExpr },
  { record: 'gpu_mig_memory_total_bytes', labels: {}, expr: instanceMemoryTotalExpr },
  { record: 'gpu_xid_errors_total', labels: {}, expr: xids },
  {
    record: 'gpu_info',
    labels: {},
    expr: byInstance(aggregate('group', identity, by([...device, 'uuid', 'name']))),
  },
  {
    record: 'gpu_mig_info',
    labels: {},
    expr: byInstance(aggregate('group', instances, by([...device, 'mig', 'profile']))),
  },
  {
    record: 'gpu_driver_info',
    labels: vendor,
    expr: byInstance(aggregate('group', drivers, by(['host', 'driver']))),
  },
  { record: 'gpu_collector_up', labels: vendor, expr: up },
  { record: devicesSeen, labels: {}, expr: devices },
  { record: 'gpu_collector_devices', labels: vendor, expr: selector(devicesSeen) },
  {
    record: 'gpu_collector_expected_devices',
    labels: vendor,
    expr: call('max_over_time', selector(devicesSeen, [], { range: duration(remembered) })),
  },
];
