import { once } from 'node:events';
import type { Server } from 'node:http';

/** How long responses that are being sent may take, in milliseconds. */
const flushMs = 500;

/** Closes a server: no new connections, open responses are sent, then every connection is cut. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, flushMs);
  await closed;
  clearTimeout(cut);
}
