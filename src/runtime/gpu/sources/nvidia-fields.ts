import type { GpuFault } from '../failure.js';
import type { Spawn } from '../tool/child-process.js';
import { runTool } from '../tool/run-tool.js';
import type { ToolResult } from '../tool/run-tool.js';
import { faultOfEnd } from './outcome.js';

/** What a row begins with: by index rows are told apart, by count they are complete, by bus the kernel names a device. */
const firstFields = ['index', 'count', 'pci.bus_id'];

/** What is asked for beside, by family. Of names in a list, the first that this version of the tool knows. */
const fields: readonly (readonly [family: string | undefined, names: readonly string[]])[] = [
  [undefined, ['uuid']],
  [undefined, ['name']],
  [undefined, ['driver_version', 'kmd_version']],
  [undefined, ['mig.mode.current']],
  [undefined, ['gpu_recovery_action']],
  ['utilization', ['utilization.gpu']],
  ['utilization', ['utilization.memory']],
  ['encoder', ['utilization.encoder']],
  ['encoder', ['utilization.decoder']],
  ['memory', ['memory.total']],
  ['memory', ['memory.reserved']],
  ['memory', ['memory.used']],
  ['memory', ['memory.free']],
  ['temperature', ['temperature.gpu']],
  ['temperature', ['temperature.gpu.tlimit']],
  ['temperature', ['temperature.memory']],
  ['power', ['power.draw']],
  ['power', ['power.draw.instant']],
  ['power', ['enforced.power.limit', 'power.limit']],
  ['clocks', ['clocks.current.graphics']],
  ['clocks', ['clocks.current.sm']],
  ['clocks', ['clocks.current.memory']],
  ['clocks', ['clocks.current.video']],
  ...[
    'hw_slowdown',
    'sw_power_cap',
    'hw_thermal_slowdown',
    'hw_power_brake_slowdown',
    'sw_thermal_slowdown',
    'sync_boost',
  ].map(
    (reason) =>
      ['throttle', [`clocks_event_reasons.${reason}`, `clocks_throttle_reasons.${reason}`]] as const,
  ),
  ...[
    'sw_power_cap',
    'hw_thermal_slowdown',
    'hw_power_brake_slowdown',
    'sw_thermal_slowdown',
    'sync_boost',
  ].map((reason) => ['throttle', [`clocks_event_reasons_counters.${reason}`]] as const),
  ['ecc', ['ecc.errors.corrected.volatile.total']],
  ['ecc', ['ecc.errors.uncorrected.volatile.total']],
  ['ecc', ['retired_pages.single_bit_ecc.count', 'retired_pages.sbe']],
  ['ecc', ['retired_pages.double_bit.count', 'retired_pages.dbe']],
  ['ecc', ['retired_pages.pending']],
  ['ecc', ['remapped_rows.correctable']],
  ['ecc', ['remapped_rows.uncorrectable']],
  ['ecc', ['remapped_rows.pending']],
  ['ecc', ['remapped_rows.failure']],
  ['fan', ['fan.speed']],
];

/** Known for ten years, for a tool that does not say what it knows: one field that it does not know fails the whole call. */
const oldFields = new Set([
  ...firstFields,
  'uuid',
  'name',
  'driver_version',
  'utilization.gpu',
  'utilization.memory',
  'memory.total',
  'memory.used',
  'memory.free',
  'temperature.gpu',
  'power.draw',
  'power.limit',
  'fan.speed',
  'clocks.current.graphics',
  'clocks.current.sm',
  'clocks.current.memory',
]);

/** The fields to ask for: wanted, and known to the tool by what it says of itself; `undefined` where it says nothing. */
export function fieldsFor(
  help: string | undefined,
  families: ReadonlySet<string> | undefined,
): readonly string[] {
  const known = help === undefined ? oldFields : namesIn(help);
  const wanted = fields.flatMap(([family, names]) => {
    const isWanted = family === undefined || families === undefined || families.has(family);
    const name = isWanted ? names.find((each) => known.has(each)) : undefined;
    return name === undefined ? [] : [name];
  });
  return [...firstFields.filter((each) => known.has(each)), ...wanted];
}

/** `"clocks.current.sm" or "clocks.sm"` begins the description of a field. */
function namesIn(help: string): ReadonlySet<string> {
  const heads = help.split('\n').filter((line) => /^"[\w.]+"(?: or "[\w.]+")*\s*$/.test(line));
  return new Set(heads.flatMap((line) => line.match(/[\w.]{3,}/g) ?? []));
}

/** Characters; the help has 40,000. */
const mostHelp = 500_000;

export interface ProbeListener {
  /** Once: the fields to ask for, or why they cannot be known. A tool that takes too long may still be there. */
  done(answer: readonly string[] | GpuFault): void;
  stuck(): void;
  /** Once, after `done`: no process is left. */
  gone(): void;
}

export interface Probe {
  /** The tool, for people. */
  readonly tool: string;
  readonly program: string;
  /** Seconds. */
  readonly timeout: number;
  readonly families: ReadonlySet<string> | undefined;
}

/** Asks nvidia-smi which fields it knows; returns what ends it. */
export function probeFields(probe: Probe, listener: ProbeListener, spawn?: Spawn): () => void {
  return runTool(
    { program: probe.program, parameters: ['--help-query-gpu'] },
    { timeout: probe.timeout, mostCharacters: mostHelp },
    {
      done: (result) => {
        listener.done(answerOf(probe, result));
      },
      stuck: () => {
        listener.stuck();
      },
      gone: () => {
        listener.gone();
      },
    },
    spawn,
  );
}

function answerOf({ tool, families }: Probe, result: ToolResult): readonly string[] | GpuFault {
  const known = fieldsFor(result.output, families);
  if (result.cutOff === undefined && known.includes('index')) return known;
  const fault = faultOfEnd(tool, result, result.output, result.errorOutput);
  // It does not know the question, and may well know the answer.
  if (fault === undefined || (fault.failure === 'exit' && result.signal === undefined))
    return fieldsFor(undefined, families);
  return fault;
}
