import { once } from 'node:events';
import { createServer, request as sendRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startScriptedModel, type ScriptedModel } from '../../examples/agent/scripted-model/server.js';

/** A request that a model server got. */
export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is answered instead of the script, where it is anything: the message of an error. */
export type Refuse = (body: string) => string | undefined;

/** A model server on an address of this machine, before the scripted model: it remembers what it is asked. */
export class RecordingModel {
  readonly requests: ModelRequest[] = [];
  readonly #server: Server;
  readonly #scripted: ScriptedModel;
  readonly #host: string;

  private constructor(server: Server, scripted: ScriptedModel, host: string) {
    this.#server = server;
    this.#scripted = scripted;
    this.#host = host;
  }

  static async start(host: string, refuse: Refuse = () => undefined): Promise<RecordingModel> {
    const scripted = await startScriptedModel();
    const { port } = new URL(scripted.baseUrl);
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const { headers, method, url: path = '' } = request;
        model.requests.push({ path, headers, body });
        const message = refuse(body);
        if (message !== undefined) {
          response.writeHead(400, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ error: { message, code: 'invalid_request' } }));
          return;
        }
        const forwarded = sendRequest({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        forwarded.on('error', () => response.destroy());
        forwarded.end(body);
      });
    });
    server.listen(0, host);
    await once(server, 'listening');
    const model = new RecordingModel(server, scripted, host);
    return model;
  }

  /** The variables that make a service ask it. */
  get environment(): Readonly<Record<string, string>> {
    return {
      OPENAI_BASE_URL: `http://${this.#host}:${(this.#server.address() as AddressInfo).port}/v1`,
      AGENT_MODEL: 'sage-large',
      AGENT_FALLBACK_MODEL: 'sage-small',
      AGENT_PROVIDER: 'scripted',
    };
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    await this.#scripted.stop();
  }
}
