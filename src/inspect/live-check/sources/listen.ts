import type { AddressInfo, Server } from 'node:net';
import { shownAddress, type ListenAddress } from './receiver.js';
import { TargetError } from './target-error.js';

const reasons: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'somebody listens there already'],
  ['EACCES', 'the port may only be used by the administrator'],
  ['EADDRNOTAVAIL', 'this machine does not have that address'],
  ['ENOTFOUND', 'there is no host of that name'],
]);

/**
 * Makes a server listen.
 * @returns where it does: the port is one of the system's choice where 0 was asked for
 * @throws TargetError where it cannot
 */
export async function listen(server: Server, address: ListenAddress, option: string): Promise<ListenAddress> {
  await new Promise<void>((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = reasons.get(error.code ?? '') ?? error.message;
      fail(
        new TargetError(`${option} cannot listen on ${shownAddress(address)}: ${why}`, [
          `name another one, or port 0 for any: ${option} 127.0.0.1:0`,
        ]),
      );
    });
    server.listen(address.port, address.host, () => {
      settle();
    });
  });
  const { port } = server.address() as AddressInfo;
  return { host: address.host, port };
}

/** Milliseconds that requests under way have to end. */
const grace = 2000;

/** Closes a server; connections that are still open after a moment are cut. @param cut ends those that are open */
export async function closeServer(server: Server, cut: () => void): Promise<void> {
  const timer = setTimeout(cut, grace);
  await new Promise<void>((settle) => {
    server.close(() => {
      settle();
    });
  });
  clearTimeout(timer);
}
