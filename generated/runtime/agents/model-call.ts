// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { addUsage, inputTokens, outputTokens, totalTokens } from '../cost/usage.js';
import type { Usage } from '../cost/usage.js';
import { monotonicSeconds } from '../host.js';
import { keepAlive, startSpan } from './environment.js';
import type { AgentEnvironment, AnySpan } from './environment.js';
import { modelFailure, retryReason } from './failure.js';
import type { ModelFailure } from './failure.js';
import { currentRun, inCall, touchRun } from './scope.js';
import type { RunState } from './scope.js';

/** What a model is asked. */
export interface ModelCallStart {
  readonly operation: 'chat' | 'text_completion' | 'generate_content' | 'embeddings' | 'retrieval';
  readonly model: string;
  readonly provider: string;
  readonly agent: string | undefined;
  readonly isStream: boolean;
  /** The messages that are sent, exported only where the operator lets contents out. */
  readonly content: unknown;
}

/** What an answer says of itself, as far as it is known. */
export interface ModelAnswer {
  readonly usage?: Usage | undefined;
  /** What the provider says that it costs. */
  readonly reported?: number | undefined;
  readonly model?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly failure?: ModelFailure | undefined;
  readonly content?: unknown;
}

/** Who ended a stream before its answer did. */
export type AbortedBy = 'client' | 'server' | 'timeout';

/** One call of a model from request to end. It ends once: what happens to it later is passed over. */
export class ModelCall {
  private readonly environment: AgentEnvironment;
  private readonly start: ModelCallStart;
  private readonly span: AnySpan;
  private readonly run: RunState | undefined;
  private readonly started = monotonicSeconds();
  private answer: ModelAnswer = {};
  private hasChunk = false;
  private ended = false;
  private retries = 0;

  constructor(environment: AgentEnvironment, start: ModelCallStart) {
    this.environment = environment;
    this.start = start;
    this.run = currentRun();
    touchRun(this.run);
    const { operation, model, provider, isStream, content } = start;
    this.span = startSpan(environment.spans.modelCall, {
      operation,
      model,
      'gen_ai.provider.name': provider,
      streaming: isStream,
      'input.messages': content,
    });
  }

  /** Sends the request: what is sent for it belongs to the span. */
  within<R>(send: () => R): R {
    return inCall(this, () => this.span.within(send));
  }

  get isEnded(): boolean {
    return this.ended;
  }

  get provider(): string {
    return this.start.provider;
  }

  /** A part of a streamed answer is there. */
  chunk(): void {
    keepAlive(this.span);
    touchRun(this.run);
    if (this.hasChunk || this.ended) return;
    this.hasChunk = true;
    this.span.firstChunk();
    const seconds = monotonicSeconds() - this.started;
    const { genAiClientOperationTimeToFirstChunkSeconds } = this.environment.metrics;
    genAiClientOperationTimeToFirstChunkSeconds?.observe({ model: this.start.model }, seconds);
  }

  /** Takes in what is known of the answer so far. */
  learn(answer: ModelAnswer): void {
    this.answer = { ...this.answer, ...answer };
  }

  /** The client sends the request again. */
  retried(failure: ModelFailure | undefined): void {
    if (this.ended) return;
    this.retries += 1;
    const reason = retryReason(failure);
    if (reason !== undefined)
      this.environment.metrics.agentModelRetriesTotal?.inc({ model: this.start.model, reason });
  }

  /** The answer is complete. */
  end(): void {
    if (this.ended) return;
    const { failure } = this.answer;
    if (failure !== undefined) this.span.outcome(failure);
    this.finish();
    this.span.end();
  }

  /** The call failed, or a stream broke off. */
  fail(error: unknown): void {
    if (this.ended) return;
    const failure = modelFailure(error) ?? 'server_error';
    this.span.outcome(failure);
    if (this.hasChunk) this.aborted(abortedBy(failure));
    this.finish();
    this.span.fail(error);
  }

  /** A stream ended before its answer did, without an error. */
  abort(by: AbortedBy): void {
    if (this.ended) return;
    this.span.outcome(by === 'client' ? 'cancelled' : by === 'timeout' ? 'timeout' : 'server_error');
    this.aborted(by);
    this.finish();
    this.span.end();
  }

  private aborted(by: AbortedBy): void {
    this.environment.metrics.agentStreamAbortsTotal?.inc({ model: this.start.model, aborted_by: by });
  }

  private finish(): void {
    this.ended = true;
    const { usage, model, finishReason, content } = this.answer;
    const { run } = this;
    if (run !== undefined && this.start.operation !== 'embeddings') run.modelCalls += 1;
    this.span.set({
      'response.model': model,
      'finish.reasons': finishReason === undefined ? undefined : [finishReason],
      'output.messages': content,
      retries: this.retries === 0 ? undefined : this.retries,
    });
    if (usage !== undefined) this.count(usage);
    run?.budget?.spend({ steps: this.start.operation !== 'embeddings' && run.ownSteps === 0 ? 1 : 0 });
  }

  private count(usage: Usage): void {
    const { model, provider, agent } = this.start;
    const { run, environment } = this;
    const { metrics } = environment;
    const price = environment.cost.record({
      ...{ model, usage, provider, reported: this.answer.reported },
      agent: agent ?? run?.agent ?? environment.agent,
    });
    this.span.set({
      'input.tokens': inputTokens(usage),
      'output.tokens': outputTokens(usage),
      'cached.tokens': usage.cacheRead === 0 ? undefined : usage.cacheRead,
      'cache_write.tokens': usage.cacheWrite === 0 ? undefined : usage.cacheWrite,
      'reasoning.tokens': usage.reasoning === 0 ? undefined : usage.reasoning,
    });
    if (usage.cacheRead + usage.cacheWrite > 0) {
      const result = usage.cacheRead > 0 ? 'hit' : 'miss';
      metrics.agentCacheRequestsTotal?.inc({ cache: 'prompt', result });
      metrics.agentCacheSavedTokensTotal?.inc({ cache: 'prompt' }, usage.cacheRead);
    }
    if (run === undefined) return;
    run.usage = addUsage(run.usage, usage);
    run.cost += price.amount;
    run.budget?.spend({ usd: price.amount, tokens: totalTokens(usage) });
  }
}

function abortedBy(failure: ModelFailure): AbortedBy {
  if (failure === 'cancelled') return 'client';
  return failure === 'timeout' ? 'timeout' : 'server';
}
