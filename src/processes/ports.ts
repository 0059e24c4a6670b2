import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Where everything that is started for one person listens. */
export const loopback = '127.0.0.1';

/** Listens for a moment. Rejects with the system's error, such as EADDRINUSE. */
async function tryPort(port: number): Promise<number> {
  const server = createServer();
  server.listen({ port, host: loopback, exclusive: true });
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return taken;
}

/** A port on loopback that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return tryPort(0);
}

/** Why a port on loopback cannot be listened on, as the system's code: `EADDRINUSE`; undefined where it can. */
export async function portFault(port: number): Promise<string | undefined> {
  try {
    await tryPort(port);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
