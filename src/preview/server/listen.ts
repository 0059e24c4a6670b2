import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the preview is served when nobody says; the one of Prometheus and its neighbours begin at 9090. */
export const defaultPort = 9899;

/** Ports that are tried from the default on. */
const attempts = 20;

async function listenOn(server: Server, port: number): Promise<number> {
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  // Rejects where `error` comes first.
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Listens on loopback.
 * @param port 0: any that is free; undefined: the default one, or the next that is free
 * @returns the port
 * @throws the system's error, such as EADDRINUSE
 */
export async function listen(server: Server, port: number | undefined): Promise<number> {
  if (port !== undefined) return listenOn(server, port);
  for (let next = defaultPort; ; next += 1) {
    try {
      return await listenOn(server, next);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' || next >= defaultPort + attempts) throw error;
    }
  }
}
