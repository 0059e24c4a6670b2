// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { hasOwn } from '../own-property.js';
import type { AgentEnvironment } from './environment.js';
import { failureOfStatus, modelFailure } from './failure.js';
import type { ModelFailure } from './failure.js';
import { replace } from './iterator.js';
import type { ModelCall } from './model-call.js';
import { currentCall } from './scope.js';
import { field, fieldsOf } from './wire.js';

type Fetch = (url: unknown, init?: unknown, ...rest: readonly unknown[]) => PromiseLike<unknown>;

interface HeadersLike {
  get(name: string): string | null;
}

const wrapped = new WeakSet();
const lastFailure = new WeakMap<ModelCall, ModelFailure | undefined>();

/**
 * Watches the requests that a client sends for its calls: they tell of retries, which the client makes by itself, and of what is left
 * of the provider's rate limit. A client that has no `fetch` of its own is left alone.
 */
export function watchFetch(environment: AgentEnvironment, client: object): void {
  const original = (client as { readonly fetch?: unknown }).fetch;
  if (typeof original !== 'function' || !hasOwn(client, 'fetch') || wrapped.has(original)) return;
  const watched: Fetch = async (...args) => {
    const call = currentCall();
    if (call === undefined || call.isEnded) return (original as Fetch)(...args);
    if (lastFailure.has(call)) call.retried(lastFailure.get(call));
    try {
      const response = await (original as Fetch)(...args);
      lastFailure.set(call, failureOfStatus(fieldsOf(response)?.['status']));
      noteRateLimit(environment, call.provider, field(response, 'headers'));
      return response;
    } catch (error) {
      lastFailure.set(call, modelFailure(error) ?? 'server_error');
      throw error;
    }
  };
  wrapped.add(watched);
  replace(client, 'fetch', watched);
}

/** Headers of OpenAI and those who follow it, and of Anthropic. */
const limits = [
  { limit: 'requests', left: 'x-ratelimit-remaining-requests', of: 'x-ratelimit-limit-requests' },
  { limit: 'tokens', left: 'x-ratelimit-remaining-tokens', of: 'x-ratelimit-limit-tokens' },
  {
    limit: 'requests',
    left: 'anthropic-ratelimit-requests-remaining',
    of: 'anthropic-ratelimit-requests-limit',
  },
  { limit: 'tokens', left: 'anthropic-ratelimit-tokens-remaining', of: 'anthropic-ratelimit-tokens-limit' },
] as const;

function isHeadersLike(value: object | undefined): value is HeadersLike {
  return value !== undefined && 'get' in value && typeof value.get === 'function';
}

function noteRateLimit(environment: AgentEnvironment, provider: string, headers: object | undefined): void {
  const gauge = environment.metrics.agentRatelimitRemainingRatio;
  if (gauge === undefined || !isHeadersLike(headers)) return;
  try {
    for (const { limit, left, of } of limits) {
      const remaining = headers.get(left);
      const ratio = Number(remaining) / Number(headers.get(of));
      if (remaining !== null && ratio >= 0 && ratio <= 1) gauge.set({ provider, limit }, ratio);
    }
  } catch {
    // Headers of another kind.
  }
}
