import { setTimeout as sleep } from 'node:timers/promises';
import { logs, metrics } from '../../../generated/index.js';
import { callModel, type CallOptions } from './call-model.js';
import type { Completion } from './completion.js';
import { isTransient, mayFallBack, ModelError } from './errors.js';
import type { ChatRequest } from './wire.js';

export interface AskOptions extends Omit<CallOptions, 'retry'> {
  /** Models in the order in which they are asked. */
  readonly models: readonly string[];
  /** How often a call is made again to the same model. */
  readonly retries: number;
  /** Wait before the first retry, in milliseconds; doubles each time. */
  readonly backoffMs: number;
  /** A call failed: text of it that was handed on is void. */
  readonly onFailure: () => void;
}

export interface Answer {
  readonly model: string;
  readonly completion: Completion;
}

/** Longest wait between two tries, in milliseconds, whatever the provider asks for. */
const longestWaitMs = 20_000;

/** Asks a model; where it fails, asks again, and then the next model. Rejects with the ModelError of the last one. */
export async function ask(request: Omit<ChatRequest, 'model'>, options: AskOptions): Promise<Answer> {
  for (const [at, model] of options.models.entries()) {
    try {
      return { model, completion: await askOne({ ...request, model }, options) };
    } catch (error) {
      const next = options.models[at + 1];
      if (!(error instanceof ModelError) || !mayFallBack(error.failure) || next === undefined) throw error;
      metrics.agentModelFallbacksTotal.inc({ from_model: model, to_model: next, reason: error.failure });
      logs.modelFallback({ from: model, to: next, reason: error.failure });
    }
  }
  throw new ModelError('client_error', 'no model is configured');
}

async function askOne(request: ChatRequest, options: AskOptions): Promise<Completion> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await callModel(request, { ...options, retry });
    } catch (error) {
      options.onFailure();
      if (!(error instanceof ModelError) || !isTransient(error.failure) || retry >= options.retries)
        throw error;
      const waitMs = Math.min(longestWaitMs, error.retryAfterMs ?? options.backoffMs * 2 ** retry);
      metrics.agentModelRetriesTotal.inc({ model: request.model, reason: error.failure });
      logs.modelRetry({ model: request.model, reason: error.failure, wait_ms: Math.round(waitMs) });
      await pause(waitMs, options.signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    throw new ModelError('cancelled', 'the run was given up', { cause: error });
  });
}
