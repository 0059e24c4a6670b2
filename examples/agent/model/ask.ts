import { setTimeout as sleep } from 'node:timers/promises';
import { agents, logs } from '../../../generated/index.js';
import type { ChatClient, RequestOptions } from './client.js';
import { readCompletion, type Completion } from './completion.js';
import { ModelError } from './errors.js';
import type { ChatRequest } from './wire.js';

export interface AskOptions extends Omit<RequestOptions, 'retry'> {
  readonly client: ChatClient;
  /** Models in the order in which they are asked. */
  readonly models: readonly string[];
  /** How often a call is made again to the same model. */
  readonly retries: number;
  /** Wait before the first retry, in milliseconds; doubles each time. */
  readonly backoffMs: number;
  readonly onText: (text: string) => void;
  /** A call failed: text of it that was handed on is void. */
  readonly onFailure: () => void;
}

/** Longest wait between two tries, in milliseconds, whatever the provider asks for. */
const longestWaitMs = 20_000;

/** Asks a model; where it fails, asks again, and then the next model. Rejects with the ModelError of the last one. */
export async function ask(request: Omit<ChatRequest, 'model'>, options: AskOptions): Promise<Completion> {
  for (const [at, model] of options.models.entries()) {
    try {
      return await askOne({ ...request, model }, options);
    } catch (error) {
      const next = options.models[at + 1];
      if (!(error instanceof ModelError) || !error.mayFallBack || next === undefined) throw error;
      agents.fellBack(model, next, error);
      logs.modelFallback({ from: model, to: next, reason: error.code });
    }
  }
  throw new ModelError('client_error', 'no model is configured');
}

async function askOne(request: ChatRequest, options: AskOptions): Promise<Completion> {
  for (let retry = 0; ; retry += 1) {
    try {
      const chunks = await options.client.chat.completions.create(request, { ...options, retry });
      return await readCompletion(chunks, options.onText);
    } catch (error) {
      options.onFailure();
      if (!(error instanceof ModelError) || !error.isTransient || retry >= options.retries) throw error;
      const waitMs = Math.min(longestWaitMs, error.retryAfterMs ?? options.backoffMs * 2 ** retry);
      agents.retried(request.model, error);
      logs.modelRetry({ model: request.model, reason: error.code, wait_ms: Math.round(waitMs) });
      await pause(waitMs, options.signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    throw new ModelError('cancelled', 'the run was given up', { cause: error });
  });
}
