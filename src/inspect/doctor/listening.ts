import { readFileSync } from 'node:fs';

/** The state of a socket that listens, in the kernel's table. */
const listens = '0A';

/** Hexadecimal addresses of all interfaces, of IPv4 and IPv6. */
const everywhere = /^0+$/;

function portsIn(table: string): readonly number[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === listens && everywhere.test(address) ? [Number.parseInt(port, 16)] : [];
  });
}

/**
 * Ports of this machine on which somebody listens for all the world; undefined where that cannot be seen. In the kernel's table, as
 * https://docs.kernel.org/networking/proc_net_tcp.html describes it.
 */
export function openPorts(folder = '/proc/net'): ReadonlySet<number> | undefined {
  const tables = ['tcp', 'tcp6'].flatMap((name) => {
    try {
      return [readFileSync(`${folder}/${name}`, 'utf8')];
    } catch {
      return [];
    }
  });
  return tables.length === 0 ? undefined : new Set(tables.flatMap(portsIn));
}
