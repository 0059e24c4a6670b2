import { hasOwn } from '../../own-property.js';
import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuFault, GpuReading } from '../failure.js';
import {
  readFanSpeed,
  readFlag,
  readIndex,
  readMargin,
  readName,
  readNumber,
  readRecoveryAction,
  saysLost,
  saysResetRequired,
} from './cell.js';
import type { Quantity } from './cell.js';
import { deviceOf } from './device-of.js';
import { lostDevices, lostFault, parseFault, spokenFault } from './tool-fault.js';

const tool = 'nvidia-smi';

/** A column of `--query-gpu`: the field, and the unit that the header gives it. */
interface Column {
  readonly field: string;
  readonly unit: string | undefined;
}

/** One device's line by field, with the oldest of the names that a field has had. */
class Row {
  private readonly cells = new Map<string, { readonly cell: string; readonly unit: string | undefined }>();

  constructor(columns: readonly Column[], cells: readonly string[]) {
    for (const [at, { field, unit }] of columns.entries())
      this.cells.set(field, { cell: cells[at] ?? '', unit });
  }

  has(field: string): boolean {
    return this.cells.has(field);
  }

  cell(field: string): string {
    return this.cells.get(field)?.cell ?? '';
  }

  /** @param unit that the field has with `nounits` and without a header */
  number(field: string, quantity: Quantity, unit?: string): number | undefined {
    return readNumber(this.cell(field), quantity, this.unit(field, unit));
  }

  unit(field: string, otherwise?: string): string | undefined {
    return this.cells.get(field)?.unit ?? otherwise;
  }

  some(is: (cell: string) => boolean): boolean {
    return [...this.cells.values()].some(({ cell }) => is(cell));
  }
}

/**
 * Reads what `nvidia-smi --query-gpu=... --format=csv` prints, with units or `nounits`.
 *
 * A line counts as a whole or not at all: one that has more or fewer cells than fields would give a figure to the wrong field.
 * Where an index comes again, as in what `-lms` prints, a new round begins, and the last one counts.
 *
 * @param fields in the order in which they were asked for; a header, where there is one, says it too
 */
export function parseNvidiaCsv(text: string, fields?: readonly string[]): GpuReading<GpuSample> {
  let columns = fields?.map(columnOf);
  let round = new Map<string, Row>();
  const misshapen: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.length === 1 && cells[0] === '') continue;
    if (cells.every((cell) => headerCell.test(cell)) && isHeader(cells, columns)) {
      columns = cells.map(columnOf);
      continue;
    }
    const row = columns?.length === cells.length ? new Row(columns, cells) : undefined;
    const index = row && indexOf(row, round.size);
    if (row === undefined || index === undefined) {
      misshapen.push(line);
      continue;
    }
    if (round.has(index)) round = new Map();
    round.set(index, row);
  }
  if (columns === undefined && misshapen.length > 0) {
    const fault =
      spokenFault(tool, text) ?? parseFault(tool, 'it printed no header, and no fields are known');
    return { fault };
  }
  return readingOf(round, misshapen);
}

function readingOf(round: ReadonlyMap<string, Row>, misshapen: readonly string[]): GpuReading<GpuSample> {
  const lost = new Set(lostDevices(misshapen.join('\n')));
  const devices: GpuDevice[] = [];
  for (const [index, row] of round) {
    if (row.some(saysLost)) lost.add(index);
    else devices.push(deviceOfRow(index, row));
  }
  const fault = faultOf([...lost], misshapen);
  if (round.size === 0) return { fault: fault ?? parseFault(tool, 'it printed no device') };
  const rows = [...round.values()];
  const sample: GpuSample = {
    vendor: 'nvidia',
    driver: firstOf(rows, (row) => readName(row.cell('driver_version'))),
    devices,
    lost: lost.size === 0 ? undefined : [...lost],
    expected: firstOf(rows, (row) => row.number('count', 'count')),
  };
  return { sample, fault };
}

function faultOf(lost: readonly string[], misshapen: readonly string[]): GpuFault | undefined {
  if (lost.length > 0) return lostFault(tool, lost);
  if (misshapen.length === 0) return undefined;
  return (
    spokenFault(tool, misshapen.join('\n')) ??
    parseFault(tool, `${misshapen.length} lines have not as many cells as fields were asked for, or no index`)
  );
}

function deviceOfRow(index: string, row: Row): GpuDevice {
  const percent = (field: string): number | undefined => row.number(field, 'ratio', '%');
  const memory = (field: string): number | undefined => row.number(field, 'bytes', 'MiB');
  const watts = (field: string): number | undefined => row.number(field, 'watts', 'W');
  const clock = (field: string): number | undefined => row.number(field, 'hertz', 'MHz');
  const count = (field: string): number | undefined => row.number(field, 'count');
  const reason = (name: string): boolean | undefined => readFlag(row.cell(`clocks_throttle_reasons.${name}`));
  const reasonSeconds = (name: string): number | undefined =>
    row.number(`clocks_throttle_reasons_counters.${name}`, 'seconds', 'us');
  const hwThermal = reason('hw_thermal_slowdown');
  const powerBrake = reason('hw_power_brake_slowdown');
  return deviceOf({
    index,
    uuid: readName(row.cell('uuid')),
    name: readName(row.cell('name')),
    utilization: {
      general: percent('utilization.gpu'),
      encoder: percent('utilization.encoder'),
      decoder: percent('utilization.decoder'),
    },
    memoryBandwidth: percent('utilization.memory'),
    memory: {
      used: memory('memory.used'),
      free: memory('memory.free'),
      total: memory('memory.total'),
      reserved: memory('memory.reserved'),
    },
    temperature: {
      core: row.number('temperature.gpu', 'celsius', 'C'),
      memory: row.number('temperature.memory', 'celsius', 'C'),
    },
    temperatureMargin: readMargin(
      row.cell('temperature.gpu.tlimit'),
      row.unit('temperature.gpu.tlimit', 'C'),
    ),
    fanSpeed: readFanSpeed(row.cell('fan.speed'), row.unit('fan.speed', '%')),
    power: watts('power.draw') ?? watts('power.draw.average') ?? watts('power.draw.instant'),
    powerLimit: watts('enforced.power.limit') ?? watts('power.limit'),
    clocks: {
      graphics: clock('clocks.current.graphics'),
      sm: clock('clocks.current.sm'),
      memory: clock('clocks.current.memory'),
      video: clock('clocks.current.video'),
    },
    throttled: {
      power_cap: reason('sw_power_cap'),
      thermal: reason('sw_thermal_slowdown'),
      hw_thermal: hwThermal,
      power_brake: powerBrake,
      sync_boost: reason('sync_boost'),
      other: otherSlowdown(reason('hw_slowdown'), hwThermal, powerBrake),
    },
    throttleSeconds: {
      power_cap: reasonSeconds('sw_power_cap'),
      thermal: reasonSeconds('sw_thermal_slowdown'),
      hw_thermal: reasonSeconds('hw_thermal_slowdown'),
      power_brake: reasonSeconds('hw_power_brake_slowdown'),
      sync_boost: reasonSeconds('sync_boost'),
    },
    ecc: {
      corrected: count('ecc.errors.corrected.volatile.total'),
      uncorrected: count('ecc.errors.uncorrected.volatile.total'),
    },
    remapped: {
      correctable: count('remapped_rows.correctable') ?? count('retired_pages.single_bit_ecc.count'),
      uncorrectable: count('remapped_rows.uncorrectable') ?? count('retired_pages.double_bit.count'),
      pending: oneIf(
        readFlag(row.cell('remapped_rows.pending')) ?? readFlag(row.cell('retired_pages.pending')),
      ),
      failed: oneIf(readFlag(row.cell('remapped_rows.failure'))),
    },
    recoveryAction:
      readRecoveryAction(row.cell('gpu_recovery_action')) ?? (row.some(saysResetRequired) ? 1 : undefined),
    isPartitioned: readFlag(row.cell('mig.mode.current')),
  });
}

/** The hardware slows the clock down for heat, for an outer power brake, or for a third reason that has no field of its own. */
export function otherSlowdown(
  any: boolean | undefined,
  thermal: boolean | undefined,
  brake: boolean | undefined,
): boolean | undefined {
  return any === true ? thermal !== true && brake !== true : any;
}

export function oneIf(flag: boolean | undefined): number | undefined {
  return flag === undefined ? undefined : Number(flag);
}

/** Where the index was not asked for, devices are told in its order. */
function indexOf(row: Row, position: number): string | undefined {
  return row.has('index') ? readIndex(row.cell('index')) : String(position);
}

function firstOf<Value>(rows: readonly Row[], read: (row: Row) => Value | undefined): Value | undefined {
  for (const row of rows) {
    const value = read(row);
    if (value !== undefined) return value;
  }
  return undefined;
}

const identities: ReadonlySet<string> = new Set(['index', 'uuid', 'name', 'pci.bus_id']);

const headerCell = /^[A-Za-z][\w.]*(?: \[[^\]]*\])?$/;

/** A header names fields that were asked for; a row of words alone, such as one of `None` and `Default`, is none. */
function isHeader(cells: readonly string[], columns: readonly Column[] | undefined): boolean {
  const fields = cells.map((cell) => columnOf(cell).field);
  if (columns === undefined) return fields.some((field) => identities.has(field));
  const asked = new Set(columns.map(({ field }) => field));
  return fields.every((field) => asked.has(field));
}

function columnOf(header: string): Column {
  const [, written = '', unit] = /^(.*?)(?:\s*\[([^\]]*)\])?$/.exec(header.trim()) ?? [];
  const name = written.replace(/^clocks_event_reasons/, 'clocks_throttle_reasons');
  return { field: (hasOwn(aliases, name) ? aliases[name] : undefined) ?? name, unit };
}

/** Other names of fields, as `--help-query-gpu` lists them. */
const aliases: Readonly<Record<string, string>> = {
  gpu_name: 'name',
  gpu_uuid: 'uuid',
  kmd_version: 'driver_version',
  'retired_pages.sbe': 'retired_pages.single_bit_ecc.count',
  'retired_pages.dbe': 'retired_pages.double_bit.count',
  'remapped_rows.sbe': 'remapped_rows.correctable',
  'remapped_rows.dbe': 'remapped_rows.uncorrectable',
  'gpu.power.draw.average': 'power.draw.average',
  'gpu.power.draw.instant': 'power.draw.instant',
  'gpu.power.requested_limit': 'power.limit',
  'gpu.power.current_limit': 'enforced.power.limit',
  'clocks.gr': 'clocks.current.graphics',
  'clocks.sm': 'clocks.current.sm',
  'clocks.mem': 'clocks.current.memory',
  'clocks.video': 'clocks.current.video',
};
