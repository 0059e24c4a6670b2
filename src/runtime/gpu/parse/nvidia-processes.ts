import type { GpuProcess } from '../device.js';
import { readName, readNumber } from './cell.js';

/** What the processes of one device use of its memory. */
export interface ProcessesOfDevice {
  readonly uuid: string;
  readonly processes: readonly GpuProcess[];
}

const pid = /^[1-9]\d{0,9}$/;

/** A process identifier; nothing where it is none. */
export function readPid(cell: unknown): number | undefined {
  const text = typeof cell === 'number' ? String(cell) : cell;
  return typeof text === 'string' && pid.test(text.trim()) ? Number(text) : undefined;
}

/**
 * Reads what `nvidia-smi --query-compute-apps=... --format=csv` prints, with or without units.
 *
 * @param fields in the order in which they were asked for; a header says it too
 */
export function parseNvidiaProcesses(
  text: string,
  fields: readonly string[] = [],
): readonly ProcessesOfDevice[] {
  let columns = fields;
  const devices = new Map<string, GpuProcess[]>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.includes('pid')) {
      columns = cells;
      continue;
    }
    const cell = cellsBy(columns, cells);
    const id = readPid(cell('pid'));
    const uuid = readName(cell('gpu_uuid'));
    const used = readNumber(cell('used_gpu_memory') ?? cell('used_memory'), 'bytes', 'MiB');
    if (id === undefined || uuid === undefined || used === undefined) continue;
    const processes = devices.get(uuid) ?? [];
    processes.push({ pid: id, used });
    devices.set(uuid, processes);
  }
  return [...devices].map(([uuid, processes]) => ({ uuid, processes }));
}

/** The name of a program may have commas, so that what follows it is counted from the end. */
function cellsBy(
  columns: readonly string[],
  cells: readonly string[],
): (field: string) => string | undefined {
  const names = columns.map((column) =>
    column.endsWith(']') && column.includes('[') ? column.slice(0, column.indexOf('[')).trimEnd() : column,
  );
  const name = names.findIndex((field) => field === 'process_name' || field === 'name');
  const extra = cells.length - names.length;
  if (extra < 0 || (extra > 0 && name < 0)) return () => undefined;
  return (field) => {
    const at = names.indexOf(field);
    return at < 0 ? undefined : cells[at > name ? at + extra : at];
  };
}
