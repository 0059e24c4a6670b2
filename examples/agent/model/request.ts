import { CompletionBuilder, type Completion } from './completion.js';
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
  readonly onFirstChunk: () => void;
  readonly onText: (text: string) => void;
}

/** One streaming call of the chat completions API, without retries. Throws a ModelError and nothing else. */
export async function requestCompletion(
  endpoint: Endpoint,
  request: ChatRequest,
  options: RequestOptions,
): Promise<Completion> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await fetch(`${endpoint.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-retry-count': String(options.retry),
        ...(endpoint.apiKey === undefined ? {} : { authorization: `Bearer ${endpoint.apiKey}` }),
      },
      body: JSON.stringify(request),
      signal: AbortSignal.any([options.signal, timeout]),
    });
    if (!response.ok || response.body === null) throw await refusal(response);
    return await readStream(response.body, options);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    if (options.signal.aborted) throw new ModelError('cancelled', 'the run was given up', { cause: error });
    if (timeout.aborted) {
      throw new ModelError('timeout', `no answer within ${options.timeoutMs} ms`, { cause: error });
    }
    throw new ModelError('server_error', 'the connection to the model failed', { cause: error });
  }
}

async function readStream(body: AsyncIterable<Uint8Array>, options: RequestOptions): Promise<Completion> {
  const builder = new CompletionBuilder();
  let first = true;
  for await (const data of eventData(body)) {
    if (data === '[DONE]') break;
    if (first) options.onFirstChunk();
    first = false;
    const text = builder.add(parseChunk(data));
    if (text !== '') options.onText(text);
  }
  const completion = builder.build();
  if (completion.finishReason === 'content_filter') {
    throw new ModelError('content_filter', 'the provider filtered the answer');
  }
  return completion;
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
  const message = body.error?.message ?? `the model answered ${response.status}`;
  return new ModelError(
    failureOf(response.status, body),
    message,
    Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {},
  );
}
