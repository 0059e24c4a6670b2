// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { usageOfAiSdk } from '../cost/usage.js';
import { capturesContent } from '../traces/span-attribute.js';
import type { AbortSignalLike } from '../traces/span.js';
import type { AgentEnvironment } from './environment.js';
import { modelFailure } from './failure.js';
import type { ModelFailure } from './failure.js';
import type { ClientOptions } from './client-method.js';
import { isAsyncIterable, replace } from './iterator.js';
import { ModelCall } from './model-call.js';
import type { ModelAnswer } from './model-call.js';
import { watchReadable } from './readable.js';
import type { ReadableLike } from './readable.js';
import { field, fieldsOf, text } from './wire.js';

type Generate = (...args: readonly unknown[]) => PromiseLike<unknown>;

const wrapped = new WeakSet();
/** The failure of the last call with a prompt: the AI SDK makes a call again with the same one. */
const failures = new WeakMap<object, ModelFailure | undefined>();

/** Measures a model of the Vercel AI SDK; see `Agents.wrapLanguageModel`. */
export function wrapLanguageModel<M extends object>(
  environment: AgentEnvironment,
  model: M,
  options: ClientOptions,
): M {
  const { doGenerate, doStream } = model as { readonly doGenerate?: unknown; readonly doStream?: unknown };
  if (typeof doGenerate !== 'function' || typeof doStream !== 'function' || wrapped.has(model)) return model;
  const generate: Generate = (...args) =>
    measured(
      environment,
      model,
      args[0],
      options,
      false,
      () => Reflect.apply(doGenerate, model, args) as PromiseLike<unknown>,
    );
  const stream: Generate = (...args) =>
    measured(
      environment,
      model,
      args[0],
      options,
      true,
      () => Reflect.apply(doStream, model, args) as PromiseLike<unknown>,
    );
  if (replace(model, 'doGenerate', generate) && replace(model, 'doStream', stream)) wrapped.add(model);
  return model;
}

/** The middleware of the AI SDK that does the same, for models that are put together there. */
export interface LanguageModelMiddleware<V extends string> {
  readonly specificationVersion: V;
  readonly wrapGenerate: <R>(call: {
    doGenerate: () => PromiseLike<R>;
    params: unknown;
    model: unknown;
  }) => Promise<R>;
  readonly wrapStream: <R>(call: {
    doStream: () => PromiseLike<R>;
    params: unknown;
    model: unknown;
  }) => Promise<R>;
}

/** Makes the middleware; see `Agents.languageModelMiddleware`. */
export function languageModelMiddleware<V extends string>(
  environment: AgentEnvironment,
  specificationVersion: V,
  options: ClientOptions,
): LanguageModelMiddleware<V> {
  return {
    specificationVersion,
    wrapGenerate: ({ doGenerate, params, model }) =>
      measured(environment, model, params, options, false, doGenerate),
    wrapStream: ({ doStream, params, model }) =>
      measured(environment, model, params, options, true, doStream),
  };
}

async function measured<R>(
  environment: AgentEnvironment,
  model: unknown,
  request: unknown,
  options: ClientOptions,
  isStream: boolean,
  send: () => PromiseLike<R>,
): Promise<R> {
  const call = startCall(environment, model, request, options, isStream);
  if (call === undefined) return send();
  const prompt = fieldsOf(fieldsOf(request)?.['prompt']);
  if (prompt !== undefined && failures.has(prompt)) call.retried(failures.get(prompt));
  try {
    const result = await call.within(send);
    if (prompt !== undefined) failures.delete(prompt);
    if (isStream) return withWatchedStream(call, result, request);
    call.learn(answerOf(result));
    call.end();
    return result;
  } catch (error) {
    if (prompt !== undefined) failures.set(prompt, modelFailure(error));
    call.fail(error);
    throw error;
  }
}

/** Opens the call; undefined where the model does not say what it is. */
function startCall(
  environment: AgentEnvironment,
  model: unknown,
  request: unknown,
  options: ClientOptions,
  isStream: boolean,
): ModelCall | undefined {
  try {
    const id = text(model, 'modelId');
    if (id === undefined) return undefined;
    return new ModelCall(environment, {
      operation: 'chat',
      model: options.modelName?.(id) ?? id,
      provider: options.provider ?? text(model, 'provider')?.split('.')[0] ?? 'unknown',
      agent: options.agent,
      isStream,
      content: capturesContent() ? fieldsOf(request)?.['prompt'] : undefined,
    });
  } catch {
    return undefined;
  }
}

/** The result with a stream that does as the model's own, and tells of it. */
function withWatchedStream<R>(call: ModelCall, result: R, request: unknown): R {
  const stream = field(result, 'stream') as ReadableLike | undefined;
  if (stream === undefined || !isAsyncIterable(stream) || typeof stream.getReader !== 'function') {
    call.end();
    return result;
  }
  const signal = fieldsOf(request)?.['abortSignal'] as AbortSignalLike | undefined;
  const state = { isComplete: false };
  const ended = (): void => {
    if (state.isComplete) call.end();
    else call.abort(signal?.aborted === true ? 'client' : 'server');
  };
  const watched = watchReadable(stream, {
    chunk(part) {
      const type = text(part, 'type');
      // Not yet a part of the answer.
      if (type !== 'stream-start' && type !== 'response-metadata') call.chunk();
      if (type === 'finish') {
        state.isComplete = true;
        call.learn(answerOf(part));
      } else if (type === 'response-metadata') {
        call.learn(modelOf(part));
      } else if (type === 'error') {
        call.fail(fieldsOf(part)?.['error']);
      }
    },
    done: ended,
    left() {
      if (state.isComplete) call.end();
      else call.abort('client');
    },
    failed(error) {
      call.fail(error);
    },
  });
  return { ...result, stream: watched };
}

function answerOf(result: unknown): ModelAnswer {
  const usage = usageOfAiSdk(field(result, 'usage'));
  const finishReason = text(result, 'finishReason') ?? text(field(result, 'finishReason'), 'unified');
  return {
    ...(usage === undefined ? {} : { usage }),
    ...modelOf(field(result, 'response')),
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(finishReason === 'content-filter' ? { failure: 'content_filter' } : {}),
    content: capturesContent() ? fieldsOf(result)?.['content'] : undefined,
  };
}

function modelOf(response: unknown): ModelAnswer {
  const model = text(response, 'modelId');
  return model === undefined ? {} : { model };
}
