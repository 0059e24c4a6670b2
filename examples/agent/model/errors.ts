import type { WireError } from './wire.js';

/** Why a model call failed. */
export type Failure =
  | 'rate_limit_exceeded'
  | 'timeout'
  | 'server_error'
  | 'client_error'
  | 'content_filter'
  | 'context_length_exceeded'
  | 'cancelled';

/** A model call that brought no answer. Its code and status are those of the API, so that the helpers know what it is. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: Failure;
  readonly status: number | undefined;
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: Failure,
    message: string,
    options: { cause?: unknown; status?: number; retryAfterMs?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** A failure that may pass by itself: worth another try with the same model. */
  get isTransient(): boolean {
    return this.code === 'rate_limit_exceeded' || this.code === 'server_error';
  }

  /** A failure that another model may not have. */
  get mayFallBack(): boolean {
    return this.code !== 'client_error' && this.code !== 'cancelled';
  }
}

/** What an HTTP status and the error body of a provider mean. */
export function failureOf(status: number, body: WireError): Failure {
  const code = body.error?.code ?? body.error?.type ?? '';
  if (code === 'content_filter' || code === 'content_policy_violation') return 'content_filter';
  if (code === 'context_length_exceeded') return code;
  if (status === 429) return 'rate_limit_exceeded';
  if (status === 408 || status === 504) return 'timeout';
  return status >= 500 ? 'server_error' : 'client_error';
}
