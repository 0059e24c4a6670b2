import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a receiver got. */
export interface Notification {
  /** `/page` */
  readonly path: string;
  readonly body: unknown;
}

/** What Alertmanager tells webhooks. */
export interface WebhookBody {
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

/** An HTTP server on loopback that takes whatever it is sent, and keeps it. */
export class NotifiedServer {
  readonly address: string;
  readonly received: Notification[] = [];
  readonly #server: Server;

  private constructor(server: Server, address: string) {
    this.#server = server;
    this.address = address;
  }

  static async start(): Promise<NotifiedServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const notified = new NotifiedServer(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        notified.received.push({ path: request.url ?? '', body: JSON.parse(text) as unknown });
        // What PagerDuty's and OpsGenie's clients look for; Slack's takes any answer.
        response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"success"}');
      });
    });
    return notified;
  }

  /** The alerts of a name that were sent to a webhook, with what was said of them, in their order. */
  toldOf(path: string, alert: string): readonly WebhookBody['alerts'][number][] {
    return this.received
      .filter((each) => each.path === path)
      .flatMap(({ body }) => (body as WebhookBody).alerts)
      .filter(({ labels }) => labels['alertname'] === alert);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
