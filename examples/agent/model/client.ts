import { agents } from '../../../generated/index.js';
import { failureOf, ModelError } from './errors.js';
import { eventData } from './event-stream.js';
import type { ChatRequest, Chunk, WireError } from './wire.js';

/** Where the API is. */
export interface Endpoint {
  /** With its version: https://api.openai.com/v1 */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Its name in the GenAI conventions: openai. */
  readonly provider: string;
}

export interface RequestOptions {
  /** How often this call has been tried before: sent along, as the SDKs of providers do. */
  readonly retry: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A client of the chat completions API, streaming, in the shape of the provider's own. */
export interface ChatClient {
  readonly chat: {
    readonly completions: {
      /** One call, without retries. It and its stream fail with a ModelError and nothing else. */
      create(request: ChatRequest, options: RequestOptions): Promise<AsyncIterable<Chunk>>;
    };
  };
}

/** A client whose calls are measured: span, time to the first chunk, tokens, cost, how the stream ended. */
export function createClient(endpoint: Endpoint): ChatClient {
  const client: ChatClient = {
    chat: { completions: { create: (request, options) => openStream(endpoint, request, options) } },
  };
  return agents.wrapOpenAI(client, { provider: endpoint.provider });
}

/** The headers of each request to the API. */
export function authorization({ apiKey }: Endpoint): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}

async function openStream(
  endpoint: Endpoint,
  request: ChatRequest,
  { retry, timeoutMs, signal }: RequestOptions,
): Promise<AsyncIterable<Chunk>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const asModelError = (error: unknown): ModelError => {
    if (error instanceof ModelError) return error;
    if (signal.aborted) return new ModelError('cancelled', 'the run was given up', { cause: error });
    if (timeout.aborted)
      return new ModelError('timeout', `no answer within ${timeoutMs} ms`, { cause: error });
    return new ModelError('server_error', 'the connection to the model failed', { cause: error });
  };
  try {
    const response = await fetch(`${endpoint.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-retry-count': String(retry),
        ...authorization(endpoint),
      },
      body: JSON.stringify(request),
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok || response.body === null) throw await refusal(response);
    return chunksOf(response.body, asModelError);
  } catch (error) {
    throw asModelError(error);
  }
}

async function* chunksOf(
  body: AsyncIterable<Uint8Array>,
  asModelError: (error: unknown) => ModelError,
): AsyncGenerator<Chunk, void, undefined> {
  try {
    for await (const data of eventData(body)) {
      if (data === '[DONE]') return;
      yield parseChunk(data);
    }
  } catch (error) {
    throw asModelError(error);
  }
}

function parseChunk(data: string): Chunk {
  try {
    return JSON.parse(data) as Chunk;
  } catch (error) {
    throw new ModelError('server_error', 'a chunk of the stream is no JSON', { cause: error });
  }
}

async function refusal(response: Response): Promise<ModelError> {
  const body = (await response.json().catch(() => ({}))) as WireError;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const { status } = response;
  return new ModelError(failureOf(status, body), body.error?.message ?? `the model answered ${status}`, {
    status,
    ...(Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {}),
  });
}
