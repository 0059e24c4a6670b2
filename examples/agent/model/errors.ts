import type { WireError } from './wire.js';

/** Why a model call failed; the values of the label `outcome` of agent_model_calls_total, without `ok`. */
export type Failure =
  | 'rate_limit'
  | 'timeout'
  | 'server_error'
  | 'client_error'
  | 'content_filter'
  | 'context_length'
  | 'cancelled';

/** A model call that brought no answer. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly failure: Failure;
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(failure: Failure, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What an HTTP status and the error body of a provider mean. */
export function failureOf(status: number, body: WireError): Failure {
  const code = body.error?.code ?? body.error?.type ?? '';
  if (code === 'content_filter' || code === 'content_policy_violation') return 'content_filter';
  if (code === 'context_length_exceeded') return 'context_length';
  if (status === 429) return 'rate_limit';
  if (status === 408 || status === 504) return 'timeout';
  return status >= 500 ? 'server_error' : 'client_error';
}

/** Failures that may pass by themselves: worth another try with the same model. */
export function isTransient(failure: Failure): failure is 'rate_limit' | 'server_error' {
  return failure === 'rate_limit' || failure === 'server_error';
}

/** Failures that another model may not have. */
export function mayFallBack(failure: Failure): failure is Exclude<Failure, 'client_error' | 'cancelled'> {
  return failure !== 'client_error' && failure !== 'cancelled';
}
