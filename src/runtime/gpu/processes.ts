import { builtinModule } from '../host.js';
import type { GpuProcess } from './device.js';

interface Files {
  readFileSync(path: string, encoding: 'latin1'): string;
  readlinkSync(path: string): string;
}

/** The number that the kernel gives to the first namespace of processes (PROC_PID_INIT_INO). */
const hostNamespace = 'pid:[4026531836]';

/** Nobody starts processes so deep. */
const mostGenerations = 64;

/**
 * Whether a process is this one or comes from it; undefined where that cannot be told: drivers tell the numbers that processes have on the
 * host, and in a container of its own this process has another one.
 */
export function ownProcesses(): ((pid: number) => boolean) | undefined {
  const files = builtinModule('node:fs') as Files | undefined;
  const own = (builtinModule('node:process') as { readonly pid: number } | undefined)?.pid;
  if (files === undefined || own === undefined) return undefined;
  try {
    if (files.readlinkSync('/proc/self/ns/pid') !== hostNamespace) return undefined;
  } catch {
    return undefined;
  }
  return (pid) => descends(pid, own, (child) => parentOf(child, files));
}

/** Whether a process is another one or comes from it. */
export function descends(pid: number, from: number, parent: (pid: number) => number | undefined): boolean {
  let current: number | undefined = pid;
  for (let generation = 0; generation < mostGenerations; generation += 1) {
    if (current === from) return true;
    if (current === undefined || current <= 1) return false;
    current = parent(current);
  }
  return false;
}

/** Memory of one's own processes and of others, as rows without their device. */
export function processRows(
  processes: readonly GpuProcess[] | undefined,
  isOwn: (pid: number) => boolean,
): readonly (readonly [labels: { readonly process: 'self' | 'other' }, value: number])[] {
  if (processes === undefined) return [];
  const used = { self: 0, other: 0 };
  for (const { pid, used: bytes } of processes) used[isOwn(pid) ? 'self' : 'other'] += bytes;
  return [
    [{ process: 'self' }, used.self],
    [{ process: 'other' }, used.other],
  ];
}

/** The third word behind the name of the program, which may have any characters. */
function parentOf(pid: number, files: Files): number | undefined {
  try {
    const [, parent] =
      / \S (\d+) /.exec(files.readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, '')) ?? [];
    return parent === undefined ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
