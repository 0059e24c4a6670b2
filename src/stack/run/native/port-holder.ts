import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state of a socket that listens, in Linux's tables: include/net/tcp_states.h. */
const listening = '0A';

/** Inodes of the sockets that listen on a port, from the tables of the system. */
function inodesOn(port: number): ReadonlySet<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const found = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of linesOf(table).slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === listening && local?.endsWith(`:${hex}`) === true && inode !== undefined) found.add(inode);
    }
  }
  return found;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function holds(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      return inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '');
    });
  } catch {
    // It has ended, or is somebody else's.
    return false;
  }
}

/** Who listens on a port: `prometheus (process 4711)`; undefined where the system does not say. */
export function portHolder(port: number): string | undefined {
  const inodes = inodesOn(port);
  if (inodes.size === 0) return undefined;
  let pids: readonly string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return undefined;
  }
  const pid = pids.find((each) => holds(each, inodes));
  if (pid === undefined) return undefined;
  const name = linesOf(`/proc/${pid}/comm`)[0] ?? '';
  return `${name === '' ? 'a program' : name} (process ${pid})`;
}
