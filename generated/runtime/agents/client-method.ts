// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AbortSignalLike } from '../traces/span.js';
import { afterSeconds } from '../timers.js';
import { watchCall } from './api-promise.js';
import type { AnswerReader } from './answers.js';
import type { AgentEnvironment } from './environment.js';
import { isAsyncIterable, replace, watchStream } from './iterator.js';
import { ModelCall } from './model-call.js';
import type { ModelCallStart } from './model-call.js';
import { capturesContent } from '../traces/span-attribute.js';
import { field, fieldsOf, text } from './wire.js';

/** What a program says of a client that is wrapped. */
export interface ClientOptions {
  /** Who serves the models, for what is metered by account: openai, anthropic, aws.bedrock, … Default: from the kind of the client. */
  readonly provider?: string | undefined;
  /** The agent that calls outside a run are counted for. */
  readonly agent?: string | undefined;
  /** The name under which a model is configured, of the name that is sent. Default: the latter. */
  readonly modelName?: ((model: string) => string) | undefined;
}

/** A method of a client that calls a model. */
export interface ClientMethod {
  readonly operation: ModelCallStart['operation'];
  readonly answers: AnswerReader;
  /** The field of the request that holds what the model is asked. */
  readonly content: string;
}

const wrapped = new WeakSet();

/**
 * Puts a method that is measured in the place of a client's own. The client stays what it is, and everything of it that ends in this
 * method is measured: helpers for streams, parsed answers and loops of tools as well.
 */
export function wrapMethod(
  environment: AgentEnvironment,
  resource: object | undefined,
  name: string,
  method: ClientMethod,
  options: ClientOptions & { readonly provider: string },
): boolean {
  const original = (resource as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (resource === undefined || typeof original !== 'function' || wrapped.has(original)) return false;
  function measured(this: unknown, ...args: unknown[]): unknown {
    const call = startCall(environment, args[0], method, options);
    const send = (): unknown => Reflect.apply(original as () => unknown, this, args);
    return call === undefined ? send() : watched(call, method, send);
  }
  Object.defineProperty(measured, 'name', { value: original.name, configurable: true });
  Object.defineProperty(measured, 'length', { value: original.length, configurable: true });
  wrapped.add(measured);
  return replace(resource, name, measured);
}

/** Opens the call; undefined where the request is of no known shape, which is passed through as it is. */
function startCall(
  environment: AgentEnvironment,
  request: unknown,
  { operation, content }: ClientMethod,
  options: ClientOptions & { readonly provider: string },
): ModelCall | undefined {
  try {
    const model = text(request, 'model');
    if (model === undefined) return undefined;
    return new ModelCall(environment, {
      operation,
      model: options.modelName?.(model) ?? model,
      provider: options.provider,
      agent: options.agent,
      isStream: fieldsOf(request)?.['stream'] === true,
      content: capturesContent() ? fieldsOf(request)?.[content] : undefined,
    });
  } catch {
    return undefined;
  }
}

function watched(call: ModelCall, method: ClientMethod, send: () => unknown): unknown {
  let result: unknown;
  try {
    result = call.within(send);
  } catch (error) {
    call.fail(error);
    throw error;
  }
  return watchCall(result, {
    answered(value) {
      const isFollowed = quietly(() => isAsyncIterable(value) && followStream(call, value, method.answers));
      if (isFollowed === true) return;
      call.learn(quietly(() => method.answers.whole(value)) ?? {});
      call.end();
    },
    taken() {
      call.end();
    },
    failed(error) {
      call.fail(error);
    },
  });
}

/** Seconds after an abort in which a read that was under way tells how the stream ended. */
const abortSeconds = 1;

/** Ends the call when its stream does, whoever reads it; false where the stream tells nothing. */
function followStream(call: ModelCall, stream: object, answers: AnswerReader): boolean {
  const reader = answers.stream();
  const signal = field(stream, 'controller')?.['signal'] as AbortSignalLike | undefined;
  let isReading = false;
  const ended = (by: 'client' | 'server' | undefined): void => {
    signal?.removeEventListener('abort', onAbort);
    // What was read is the whole answer, even where the reader did not wait for the end of the connection.
    if (by === undefined || reader.isComplete === true) call.end();
    else call.abort(by);
  };
  const onAbort = (): void => {
    // The clients abort what is left of a stream that has failed: then the read says how.
    if (!isReading) ended('client');
    else
      afterSeconds(abortSeconds, () => {
        ended('client');
      });
  };
  const isWatched = watchStream(stream, {
    reading(now) {
      isReading = now;
    },
    chunk(value) {
      call.chunk();
      const learnt = quietly(() => reader.add(value));
      if (learnt !== undefined) call.learn(learnt);
    },
    done() {
      // The clients end a stream that was aborted without an error. Where the parts are of an unknown kind, the end is the end.
      if (signal?.aborted === true) ended('client');
      else ended(reader.isComplete === undefined ? undefined : 'server');
    },
    left() {
      ended('client');
    },
    failed(error) {
      signal?.removeEventListener('abort', onAbort);
      call.fail(error);
    },
  });
  if (isWatched && typeof signal?.addEventListener === 'function')
    signal.addEventListener('abort', onAbort, { once: true });
  return isWatched;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
