import { describe, expect, test } from 'vitest';
import { modelFailure, runFailure, toolFailure, type ModelFailure } from '../../src/runtime/agents/index.js';
import { describeWithPeers, peer } from './peers.js';

type ErrorClass = new (...args: unknown[]) => Error;
interface Module {
  readonly [name: string]: ErrorClass;
}
interface ApiError extends ErrorClass {
  generate(
    status: number | undefined,
    body: object | undefined,
    message: string | undefined,
    headers: Headers,
  ): Error;
}

describeWithPeers('errors of the real clients', () => {
  type Api = Module & { readonly APIError: ApiError };
  const openai = (): Api => peer('openai') as Api;
  const anthropic = (): Api => peer('@anthropic-ai/sdk') as Api;
  const headers = new Headers();
  const of = (name: string, module: Module): Error => new (module[name] as ErrorClass)({ message: 'm' });

  const cases: readonly (readonly [string, ModelFailure, () => unknown])[] = [
    [
      'OpenAI 429',
      'rate_limit',
      () => openai().APIError.generate(429, { error: { code: 'rate_limit_exceeded' } }, undefined, headers),
    ],
    [
      'OpenAI quota',
      'rate_limit',
      () => openai().APIError.generate(429, { error: { code: 'insufficient_quota' } }, undefined, headers),
    ],
    [
      'OpenAI 400',
      'client_error',
      () => openai().APIError.generate(400, { error: { type: 'invalid_request_error' } }, undefined, headers),
    ],
    [
      'OpenAI context',
      'context_length',
      () =>
        openai().APIError.generate(
          400,
          { error: { code: 'context_length_exceeded', type: 'invalid_request_error' } },
          undefined,
          headers,
        ),
    ],
    [
      'OpenAI filter',
      'content_filter',
      () => openai().APIError.generate(400, { error: { code: 'content_filter' } }, undefined, headers),
    ],
    ['OpenAI 401', 'client_error', () => openai().APIError.generate(401, { error: {} }, undefined, headers)],
    ['OpenAI 503', 'server_error', () => openai().APIError.generate(503, { error: {} }, undefined, headers)],
    ['OpenAI 409', 'server_error', () => openai().APIError.generate(409, { error: {} }, undefined, headers)],
    ['OpenAI abort', 'cancelled', () => of('APIUserAbortError', openai())],
    ['OpenAI timeout', 'timeout', () => of('APIConnectionTimeoutError', openai())],
    ['OpenAI connection', 'server_error', () => of('APIConnectionError', openai())],
    [
      'Anthropic 429',
      'rate_limit',
      () =>
        anthropic().APIError.generate(
          429,
          { type: 'error', error: { type: 'rate_limit_error' } },
          undefined,
          headers,
        ),
    ],
    [
      'Anthropic 529',
      'server_error',
      () =>
        anthropic().APIError.generate(
          529,
          { type: 'error', error: { type: 'overloaded_error' } },
          undefined,
          headers,
        ),
    ],
    [
      'Anthropic prompt',
      'context_length',
      () =>
        anthropic().APIError.generate(
          400,
          {
            type: 'error',
            error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 8 maximum' },
          },
          undefined,
          headers,
        ),
    ],
    [
      'Anthropic stream',
      'server_error',
      () =>
        new (anthropic().APIError)(
          undefined,
          { type: 'error', error: { type: 'overloaded_error' } },
          undefined,
          headers,
        ),
    ],
    ['Anthropic abort', 'cancelled', () => of('APIUserAbortError', anthropic())],
    ['Anthropic timeout', 'timeout', () => of('APIConnectionTimeoutError', anthropic())],
    ['AI SDK 429', 'rate_limit', () => apiCallError(429)],
    ['AI SDK 500', 'server_error', () => apiCallError(500)],
    [
      'AI SDK retries',
      'rate_limit',
      () =>
        new (aiError('RetryError'))({
          message: 'm',
          reason: 'maxRetriesExceeded',
          errors: [apiCallError(500), apiCallError(429)],
        }),
    ],
  ];

  function aiError(name: string): ErrorClass {
    return (peer('ai') as Module)[name] as ErrorClass;
  }

  function apiCallError(statusCode: number): Error {
    return new (aiError('APICallError'))({
      message: 'm',
      url: 'u',
      requestBodyValues: {},
      statusCode,
    });
  }

  test.each(cases)('%s is %s', (_, failure, error) => {
    expect(modelFailure(error())).toBe(failure);
  });

  test.each([
    [-32602, 'invalid_args'],
    [-32001, 'timeout'],
    [-32000, 'transport_error'],
    [-32603, 'tool_error'],
  ])('the code %i of MCP is %s', (code, failure) => {
    const { McpError } = peer('@modelcontextprotocol/sdk/types.js') as Module;
    expect(toolFailure(new (McpError as ErrorClass)(code, 'm'))).toBe(failure);
  });
});

describe('errors of Node and of programs', () => {
  test('fetch', async () => {
    const refused: unknown = await fetch('http://127.0.0.1:1/').catch((error: unknown) => error);
    expect(modelFailure(refused)).toBe('server_error');
    const aborted: unknown = await fetch('http://127.0.0.1:1/', { signal: AbortSignal.abort() }).catch(
      (error: unknown) => error,
    );
    expect(modelFailure(aborted)).toBe('cancelled');
    const late: unknown = await new Promise((resolve) => {
      const signal = AbortSignal.timeout(1);
      signal.addEventListener('abort', () => {
        resolve(signal.reason);
      });
    });
    expect(modelFailure(late)).toBe('timeout');
    expect(toolFailure(late)).toBe('timeout');
    expect(runFailure(late)).toBe('timeout');
  });

  test.each([
    undefined,
    null,
    'text',
    7,
    new Error('m'),
    {},
    Object.create(null),
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
        getPrototypeOf: () => null,
      },
    ),
  ])('something of which nothing is known', (thrown) => {
    expect(modelFailure(thrown)).toBeUndefined();
    expect(toolFailure(thrown)).toBe('tool_error');
    expect(runFailure(thrown)).toBe('error');
  });

  test('an error that is its own cause ends', () => {
    const error = new Error('m');
    error.cause = error;
    expect(modelFailure(error)).toBeUndefined();
    expect(runFailure(error)).toBe('error');
  });
});
