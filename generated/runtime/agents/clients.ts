// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { messages } from './anthropic-answers.js';
import { watchFetch } from './client-fetch.js';
import { wrapMethod } from './client-method.js';
import type { ClientMethod, ClientOptions } from './client-method.js';
import type { AgentEnvironment } from './environment.js';
import { replace } from './iterator.js';
import { completions, responses } from './openai-answers.js';
import { field } from './wire.js';

interface Place {
  /** From the client to the resource whose `create` calls a model. */
  readonly path: readonly string[];
  readonly method: ClientMethod;
}

interface ClientKind {
  readonly provider: string;
  readonly places: readonly Place[];
}

const chat: ClientMethod = { operation: 'chat', answers: completions, content: 'messages' };
const message: ClientMethod = { operation: 'chat', answers: messages, content: 'messages' };

const openAI: ClientKind = {
  provider: 'openai',
  places: [
    { path: ['chat', 'completions'], method: chat },
    { path: ['beta', 'chat', 'completions'], method: chat },
    { path: ['responses'], method: { operation: 'chat', answers: responses, content: 'input' } },
    {
      path: ['completions'],
      method: { operation: 'text_completion', answers: completions, content: 'prompt' },
    },
    { path: ['embeddings'], method: { operation: 'embeddings', answers: completions, content: 'input' } },
  ],
};

const anthropic: ClientKind = {
  provider: 'anthropic',
  places: [
    { path: ['messages'], method: message },
    { path: ['beta', 'messages'], method: message },
  ],
};

/** Measures a client of an OpenAI-compatible API; see `Agents.wrapOpenAI`. */
export function wrapOpenAI<C extends object>(
  environment: AgentEnvironment,
  client: C,
  options: ClientOptions,
): C {
  return wrapClient(environment, client, openAI, options);
}

/** Measures a client of Anthropic's API; see `Agents.wrapAnthropic`. */
export function wrapAnthropic<C extends object>(
  environment: AgentEnvironment,
  client: C,
  options: ClientOptions,
): C {
  return wrapClient(environment, client, anthropic, options);
}

function wrapClient<C extends object>(
  environment: AgentEnvironment,
  client: C,
  kind: ClientKind,
  options: ClientOptions,
): C {
  try {
    const known = { ...options, provider: options.provider ?? kind.provider };
    let isAny = false;
    for (const { path, method } of kind.places) {
      const resource = path.reduce<object | undefined>(field, client);
      isAny = wrapMethod(environment, resource, 'create', method, known) || isAny;
    }
    if (isAny) {
      watchFetch(environment, client);
      wrapCopies(environment, client, kind, options);
    }
  } catch {
    // A client of another shape: what of it is not measured works as before.
  }
  return client;
}

/** `withOptions` makes a client that is measured as well. */
function wrapCopies(
  environment: AgentEnvironment,
  client: object,
  kind: ClientKind,
  options: ClientOptions,
): void {
  const original = (client as { readonly withOptions?: unknown }).withOptions;
  if (typeof original !== 'function') return;
  replace(client, 'withOptions', (...args: readonly unknown[]): unknown => {
    const copy: unknown = Reflect.apply(original, client, args);
    return typeof copy === 'object' && copy !== null ? wrapClient(environment, copy, kind, options) : copy;
  });
}
