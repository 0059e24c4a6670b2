// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { everySeconds } from '../timers.js';
import { nodeCrypto, nodeFiles, nodePaths } from './node-files.js';
import type { NodeFiles } from './node-files.js';

/** What is used of the process. */
interface Process {
  readonly pid: number;
  kill(pid: number, signal: 0): unknown;
}

/** The sole right to write to one file, until it is given back or the process ends. */
export interface Slot {
  readonly file: string;
  release(): void;
}

/** Processes that write beside each other. */
const maxSlots = 64;
/** Seconds between signs of life, for machines that cannot see this process. */
const signSeconds = 60;
const lifetimeSeconds = 10 * signSeconds;

/**
 * The first file that no other live process writes to: `audit.jsonl`, else `audit.2.jsonl`, `audit.3.jsonl`. Each process puts down a
 * file whose name alone says who it is and looks for others. So a dead process's file can be removed by anyone, without ever hitting one
 * of a live process, and nothing has to be read that may be half written.
 * @throws where the folder cannot be written to, or all files are taken
 */
export function takeSlot(path: string): Slot {
  const files = nodeFiles();
  const paths = nodePaths();
  const folder = paths.dirname(path);
  files.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const extension = paths.extname(path);
  const stem = path.slice(0, path.length - extension.length);
  for (let number = 1; number <= maxSlots; number += 1) {
    const file = number === 1 ? path : `${stem}.${number}${extension}`;
    const own = putDown(files, file);
    if (!hasOthers(files, folder, `${paths.basename(file)}.lock.`, paths.basename(own)))
      return held(files, file, own);
    files.unlinkSync(own);
  }
  throw new Error(`${maxSlots} processes write to it already`);
}

function held(files: NodeFiles, file: string, own: string): Slot {
  const end = everySeconds(signSeconds, () => {
    try {
      files.utimesSync(own, Date.now() / 1000, Date.now() / 1000);
    } catch {
      // Only machines that cannot see this process look at it.
    }
  });
  return {
    file,
    release() {
      end();
      try {
        files.unlinkSync(own);
      } catch {
        // The next process removes it, since this one will be dead.
      }
    },
  };
}

function putDown(files: NodeFiles, file: string): string {
  const { pid } = thisProcess();
  const nonce = nodeCrypto().randomBytes(8).toString('hex');
  const path = `${file}.lock.${pid}.${startOf(files, pid) ?? '0'}.${thisHost(files)}.${nonce}`;
  const { O_WRONLY = 0, O_CREAT = 0, O_EXCL = 0 } = files.constants;
  files.closeSync(files.openSync(path, O_WRONLY | O_CREAT | O_EXCL, 0o600));
  return path;
}

function hasOthers(files: NodeFiles, folder: string, prefix: string, own: string): boolean {
  return files.readdirSync(folder).some((name) => {
    if (name === own || !name.startsWith(prefix)) return false;
    const path = nodePaths().join(folder, name);
    if (isAlive(files, name.slice(prefix.length), path)) return true;
    try {
      files.unlinkSync(path);
    } catch {
      // Another process was faster.
    }
    return false;
  });
}

function isAlive(files: NodeFiles, holder: string, path: string): boolean {
  const [pid = '', start, host] = holder.split('.');
  if (host !== thisHost(files)) {
    try {
      return Date.now() - files.statSync(path).mtimeMs < lifetimeSeconds * 1000;
    } catch {
      return false;
    }
  }
  const now = startOf(files, Number(pid));
  return now !== undefined && (now === start || now === '0' || start === '0');
}

/** When a process started; '0' where the system does not tell, undefined where there is none. A process id alone is given again. */
function startOf(files: NodeFiles, pid: number): string | undefined {
  try {
    thisProcess().kill(pid, 0);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ESRCH') return undefined;
  }
  try {
    const stat = files.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '0');
  } catch {
    return '0';
  }
}

/** The machine or container: process ids mean nothing outside of it. */
function thisHost(files: NodeFiles): string {
  let name = '';
  for (const path of ['/proc/sys/kernel/hostname', '/proc/sys/kernel/random/boot_id']) {
    try {
      name += files.readFileSync(path, 'utf8');
    } catch {
      // Elsewhere than on Linux all processes of a machine see each other.
    }
  }
  return nodeCrypto().createHash('sha256').update(name).digest('hex').slice(0, 8);
}

function thisProcess(): Process {
  return (globalThis as unknown as { readonly process: Process }).process;
}
