import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatRequest } from '../model/wire.js';
import { taskOf, turnOf, type Reply } from './scenario.js';
import { scenarios } from './scenarios.js';
import { streamReply } from './stream-reply.js';
import { countTokens } from './usage.js';

/** A model server of one's own, on loopback. */
export interface ScriptedModel {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** The name by which the fallback model is known here. */
const fallbackModel = 'sage-small';

/**
 * Starts a server that speaks the chat completions API and answers from a script: the example runs without a network, and the same
 * task always goes the same way, errors included.
 */
export async function startScriptedModel(): Promise<ScriptedModel> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      // Requests that are never answered would keep it open.
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/v1/models') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"object":"list","data":[]}');
    return;
  }
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
    refuse(response, { kind: 'refusal', status: 404, code: 'not_found' });
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const chat = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ChatRequest;
  const retry = Number(request.headers['x-retry-count'] ?? 0);

  const task = taskOf(chat.messages);
  const scenario = scenarios.find((each) => each.matches.test(task));
  const reply = scenario?.reply(turnOf(chat.messages, retry, chat.model === fallbackModel), task);
  if (reply === undefined || reply.kind === 'silence') return;
  if (reply.kind === 'refusal') refuse(response, reply);
  else await streamReply(response, reply, countTokens(chat, reply, scenario?.tokenFactor ?? 1));
}

function refuse(response: ServerResponse, reply: Extract<Reply, { kind: 'refusal' }>): void {
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    ...(reply.retryAfterSeconds === undefined ? {} : { 'retry-after': String(reply.retryAfterSeconds) }),
  });
  response.end(JSON.stringify({ error: { message: reply.code.replaceAll('_', ' '), code: reply.code } }));
}
