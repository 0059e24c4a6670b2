import { metrics, spans } from '../../../generated/index.js';
import type { Completion } from './completion.js';
import { ModelError } from './errors.js';
import { requestCompletion, type Endpoint } from './request.js';
import type { ChatRequest } from './wire.js';

export interface CallOptions {
  readonly endpoint: Endpoint;
  readonly timeoutMs: number;
  readonly retry: number;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

/** One call of a model, measured. Rejects with a ModelError. */
export async function callModel(request: ChatRequest, options: CallOptions): Promise<Completion> {
  const { model } = request;
  const attributes = {
    operation: 'chat',
    model,
    retry: options.retry,
    'gen_ai.provider.name': options.endpoint.provider,
  } as const;
  return spans.agentModelCall(attributes, async (span) => {
    const started = performance.now();
    const stream = { hasBegun: false };
    try {
      const completion = await requestCompletion(options.endpoint, request, {
        ...options,
        onFirstChunk: () => {
          stream.hasBegun = true;
          const seconds = (performance.now() - started) / 1000;
          metrics.genAiClientOperationTimeToFirstChunkSeconds.observe({ model }, seconds);
        },
      });
      span.set({ 'input.tokens': completion.usage.input, 'output.tokens': completion.usage.output });
      return completion;
    } catch (error) {
      const failure = error instanceof ModelError ? error.failure : 'server_error';
      span.outcome(failure);
      if (stream.hasBegun) metrics.agentStreamAbortsTotal.inc({ model, aborted_by: abortedBy(failure) });
      throw error;
    }
  });
}

function abortedBy(failure: ModelError['failure']): 'client' | 'server' | 'timeout' {
  if (failure === 'cancelled') return 'client';
  return failure === 'timeout' ? 'timeout' : 'server';
}
