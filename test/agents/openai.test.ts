import { afterAll, beforeAll, expect, test } from 'vitest';
import { drain } from './drain.js';
import { helpersOf } from './generated.js';
import { startModelServer, type ModelServer } from './model-server.js';
import type { OpenAIClient, OpenAIModule } from './clients.js';
import { changes, samples } from './page.js';
import { describeWithPeers, peer } from './peers.js';
import { agentSpec } from './spec.js';
import { useTracing } from './tracing.js';

const messages = [{ role: 'user', content: 'the secret question' }];

describeWithPeers('the client of OpenAI', () => {
  const { agents, cost, labels } = helpersOf(agentSpec);
  const spans = useTracing();
  let server: ModelServer;
  let plain: OpenAIClient;
  let client: OpenAIClient;
  let OpenAI: OpenAIModule;

  beforeAll(async () => {
    server = await startModelServer();
    OpenAI = (peer('openai') as { readonly default: OpenAIModule }).default;
    const options = { apiKey: 'sk-test', baseURL: `${server.origin}/v1`, maxRetries: 0 };
    plain = new OpenAI(options);
    client = agents.wrapOpenAI(new OpenAI(options));
    cost.setPrices({ perMillionTokens: { ok: { input: 2.5, output: 10, cacheRead: 0.25 } } });
    for (const label of ['agentModel', 'agentFromModel', 'agentToModel', 'costModel'])
      labels[label]?.register(['ok', 'ok-embedding']);
  });
  afterAll(() => server.stop());

  test('stays what it is', async () => {
    expect(client).toBeInstanceOf(OpenAI);
    const { create } = client.chat.completions as unknown as Readonly<Record<string, () => unknown>>;
    expect([create?.name, create?.length]).toEqual(['create', 2]);
    expect(Object.keys(client)).toEqual(Object.keys(plain));
    expect(agents.wrapOpenAI(client)).toBe(client);
    const promise = client.chat.completions.create({ model: 'ok', messages });
    expect(promise.constructor).toBe(plain.chat.completions.create({ model: 'ok', messages }).constructor);
    expect(await promise).toEqual(await plain.chat.completions.create({ model: 'ok', messages }));
    const { data, response } = await client.chat.completions.create({ model: 'ok', messages }).withResponse();
    expect(data.choices[0]?.message?.content).toBe('answer text');
    expect(response).toBeInstanceOf(Response);
    expect(spans.named('agent.model_call')).toHaveLength(2);
  });

  test('records tokens, cost, outcome and limits of a call', async () => {
    const recorded = await changes(
      () => client.chat.completions.create({ model: 'ok', messages }),
      /^(agent_(?!ratelimit)|gen_ai_)/,
    );
    const left = 'agent_ratelimit_remaining_ratio{provider="openai",limit="requests"}';
    expect((await samples()).get(left)).toBe(0.25);
    expect(recorded).toEqual({
      'agent_cache_requests_total{cache="prompt",result="hit"}': 1,
      'agent_cache_saved_tokens_total{cache="prompt"}': 40,
      'agent_cost_usd_total{model="ok",agent="tested-agent",source="local"}':
        (60 * 2.5 + 40 * 0.25 + 30 * 10) / 1e6,
      'agent_model_calls_total{model="ok",outcome="ok"}': 1,
      'agent_tokens_total{token_class="cache_read",model="ok",agent="tested-agent"}': 40,
      'agent_tokens_total{token_class="input",model="ok",agent="tested-agent"}': 60,
      'agent_tokens_total{token_class="output",model="ok",agent="tested-agent"}': 20,
      'agent_tokens_total{token_class="reasoning",model="ok",agent="tested-agent"}': 10,
      'gen_ai_client_operation_duration_seconds_count{operation="chat",model="ok"}': 1,
      'gen_ai_client_token_usage_count{token_type="input",model="ok"}': 1,
      'gen_ai_client_token_usage_count{token_type="output",model="ok"}': 1,
    });
    expect(spans.named('agent.model_call')[0]?.attributes).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'ok',
      'gen_ai.response.model': 'ok-2026-09-01',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.cache_read.input_tokens': 40,
      'gen_ai.usage.reasoning.output_tokens': 10,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.request.stream': false,
    });
  });

  test('contents leave only where the operator opts in', async () => {
    await client.chat.completions.create({ model: 'ok', messages });
    expect(JSON.stringify(spans.ended.map(({ attributes, events }) => [attributes, events]))).not.toMatch(
      /secret question|answer text/,
    );
    process.env['OBSGEN_CAPTURE_CONTENT'] = 'true';
    try {
      spans.clear();
      await client.chat.completions.create({ model: 'ok', messages });
      await drain(await client.chat.completions.create({ model: 'ok', messages, stream: true }));
      const [whole, streamed] = spans.named('agent.model_call').map(({ attributes }) => attributes);
      expect(whole?.['gen_ai.input.messages']).toContain('the secret question');
      expect(whole?.['gen_ai.output.messages']).toContain('answer text');
      expect(streamed?.['gen_ai.output.messages']).toContain('answer text in parts');
    } finally {
      delete process.env['OBSGEN_CAPTURE_CONTENT'];
    }
  });

  test('responses, their helper for parsing, and embeddings', async () => {
    const recorded = await changes(async () => {
      expect((await client.responses.create({ model: 'ok', input: 'question' })).output_text).toBe(
        'answer text',
      );
      expect((await client.responses.parse({ model: 'ok', input: 'question' })).output_text).toBe(
        'answer text',
      );
      expect(
        (await client.chat.completions.parse({ model: 'ok', messages })).choices[0]?.message?.content,
      ).toBe('answer text');
      const { data } = await client.embeddings.create({
        model: 'ok-embedding',
        input: 'text',
        encoding_format: 'float',
      });
      expect(data[0]?.embedding).toEqual([0.5, 0.25]);
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="ok",outcome="ok"}': 3,
      'agent_tokens_total{token_class="input",model="ok",agent="tested-agent"}': 180,
      'agent_tokens_total{token_class="input",model="ok-embedding",agent="tested-agent"}': 7,
      'agent_unpriced_tokens_total{model="ok-embedding"}': 7,
      'gen_ai_client_operation_duration_seconds_count{operation="embeddings",model="ok-embedding"}': 1,
    });
  });

  test("the raw response is the caller's own", async () => {
    const response = await client.chat.completions.create({ model: 'ok', messages }).asResponse();
    expect(spans.named('agent.model_call')).toHaveLength(1);
    expect(await response.json()).toMatchObject({ object: 'chat.completion' });
  });

  test('a stream is read as it is, ends its span once, and tells of tokens where they are asked for', async () => {
    const request = { model: 'ok', messages, stream: true, stream_options: { include_usage: true } } as const;
    const read = async (from: OpenAIClient): Promise<unknown[]> => {
      const parts: unknown[] = [];
      for await (const part of await from.chat.completions.create(request)) parts.push(part);
      return parts;
    };
    const expected = await read(plain);
    const recorded = await changes(async () => {
      expect(await read(client)).toEqual(expected);
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="ok",outcome="ok"}': 1,
      'agent_tokens_total{token_class="output",model="ok",agent="tested-agent"}': 20,
      'gen_ai_client_operation_time_to_first_chunk_seconds_count{model="ok"}': 1,
    });
    expect(recorded).not.toHaveProperty(['agent_stream_aborts_total{model="ok",aborted_by="client"}']);
    expect(spans.named('agent.model_call')).toHaveLength(1);
    expect(spans.named('agent.model_call')[0]?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.usage.output_tokens': 30,
    });

    const unasked = await changes(async () => {
      await drain(await client.chat.completions.create({ model: 'ok', messages, stream: true }));
    });
    expect(Object.keys(unasked).filter((name) => name.startsWith('agent_tokens_total'))).toEqual([]);
    expect(server.requests.at(-1)?.body.stream_options).toBeUndefined();
  });

  test('a stream that is split, and the helpers for streams, end the span once', async () => {
    const stream = await client.chat.completions.create({ model: 'ok', messages, stream: true });
    const [left, right] = stream.tee();
    const counts = await Promise.all(
      [left, right].map(async (half) => {
        let count = 0;
        for await (const part of half) if (part !== undefined) count += 1;
        return count;
      }),
    );
    expect(counts).toEqual([5, 5]);
    expect(stream.controller).toBeInstanceOf(AbortController);
    const final = await client.chat.completions
      .stream({ model: 'ok', messages, stream_options: { include_usage: true } })
      .finalChatCompletion();
    expect(final.choices[0]?.message?.content).toBe('answer text in parts');
    const response = await client.responses.stream({ model: 'ok', input: 'q' }).finalResponse();
    expect(response.output_text).toBe('answer text');
    expect(spans.named('agent.model_call').map(({ attributes }) => attributes['outcome'])).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
  });

  test.each([
    [
      'leaves',
      'cancelled',
      'client',
      async (stream: AsyncIterable<unknown>) => {
        for await (const part of stream) {
          if (part !== undefined) break;
        }
      },
    ],
    [
      'throws',
      'cancelled',
      'client',
      async (stream: AsyncIterable<unknown>) => {
        for await (const part of stream) {
          if (part !== undefined) throw new Error('of the reader');
        }
      },
    ],
  ] as const)('a reader that %s ends the span', async (_, outcome, by, read) => {
    const recorded = await changes(async () => {
      await read(await client.chat.completions.create({ model: 'hang', messages, stream: true })).catch(
        (error: unknown) => {
          expect(error).toMatchObject({ message: 'of the reader' });
        },
      );
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="__other__",outcome="cancelled"}': 1,
      [`agent_stream_aborts_total{model="__other__",aborted_by="${by}"}`]: 1,
    });
    expect(spans.named('agent.model_call').map(({ attributes }) => attributes['outcome'])).toEqual([outcome]);
  });

  test('what happens to a stream after its end is passed over', async () => {
    const request = { model: 'ok', messages, stream: true, stream_options: { include_usage: true } } as const;
    const recorded = await changes(async () => {
      const stream = await client.chat.completions.create(request);
      const iterator = stream[Symbol.asyncIterator]();
      while ((await iterator.next()).done !== true);
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      await iterator.return?.();
      stream.controller.abort();
      await expect(drain(stream)).rejects.toThrow('consumed stream');
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="ok",outcome="ok"}': 1,
      'agent_tokens_total{token_class="output",model="ok",agent="tested-agent"}': 20,
    });
    expect(Object.keys(recorded).filter((name) => name.startsWith('agent_stream_aborts'))).toEqual([]);
  });

  test('an abort ends the span, whoever gives it and whether anybody reads', async () => {
    const stream = await client.chat.completions.create({ model: 'hang', messages, stream: true });
    stream.controller.abort();
    expect(spans.named('agent.model_call')).toHaveLength(1);

    const controller = new AbortController();
    const other = await client.chat.completions.create(
      { model: 'hang', messages, stream: true },
      { signal: controller.signal },
    );
    let count = 0;
    for await (const part of other) {
      if (part !== undefined) count += 1;
      if (count === 4) controller.abort();
    }
    expect(count).toBe(4);

    const early = new AbortController();
    const refused = client.chat.completions.create({ model: 'silent', messages }, { signal: early.signal });
    setTimeout(() => {
      early.abort();
    }, 20);
    await expect(refused).rejects.toMatchObject({ message: 'Request was aborted.' });
    expect(spans.named('agent.model_call').map(({ attributes }) => attributes['outcome'])).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
  });

  test.each([
    ['cut', 'server_error', 'server'],
    ['malformed', 'server_error', 'server'],
    ['error-event', 'server_error', 'server'],
    ['no-finish', 'server_error', 'server'],
  ])('a stream that is %s ends as %s', async (model, outcome, by) => {
    const failure = async (from: OpenAIClient): Promise<unknown> => {
      try {
        await drain(await from.chat.completions.create({ model, messages, stream: true }));
        return undefined;
      } catch (error) {
        return Object.getPrototypeOf(error);
      }
    };
    const expected = await failure(plain);
    const recorded = await changes(async () => {
      expect(await failure(client)).toBe(expected);
    });
    expect(recorded).toMatchObject({
      [`agent_model_calls_total{model="__other__",outcome="${outcome}"}`]: 1,
      [`agent_stream_aborts_total{model="__other__",aborted_by="${by}"}`]: 1,
    });
    expect(spans.named('agent.model_call')).toHaveLength(1);
  });

  test.each([
    ['rate-limited', 'rate_limit'],
    ['broken', 'server_error'],
    ['too-long', 'context_length'],
    ['filtered-request', 'content_filter'],
    ['wrong-key', 'client_error'],
  ])("the error of a %s call is the client's own, and counts as %s", async (model, outcome) => {
    const expected: unknown = await plain.chat.completions
      .create({ model, messages })
      .catch((error: unknown) => error);
    const recorded = await changes(async () => {
      const error: unknown = await client.chat.completions
        .create({ model, messages })
        .catch((thrown: unknown) => thrown);
      expect(Object.getPrototypeOf(error)).toBe(Object.getPrototypeOf(expected));
    });
    expect(recorded).toMatchObject({
      [`agent_model_calls_total{model="__other__",outcome="${outcome}"}`]: 1,
    });
  });

  test('an answer that was filtered counts as such', async () => {
    await client.chat.completions.create({ model: 'filtered', messages });
    expect(spans.named('agent.model_call')[0]?.attributes['outcome']).toBe('content_filter');
  });

  test('a timeout, and no server at all', async () => {
    await expect(
      client.chat.completions.create({ model: 'silent', messages }, { timeout: 50 }),
    ).rejects.toMatchObject({ message: 'Request timed out.' });
    const lost = agents.wrapOpenAI(
      new OpenAI({ apiKey: 'k', baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0 }),
    );
    await expect(lost.chat.completions.create({ model: 'ok', messages })).rejects.toMatchObject({
      message: 'Connection error.',
    });
    expect(spans.named('agent.model_call').map(({ attributes }) => attributes['outcome'])).toEqual([
      'timeout',
      'server_error',
    ]);
  });

  test('retries of the client are counted, in clients that are made of it as well', async () => {
    const patient = client.withOptions({ maxRetries: 2 });
    expect(patient).toBeInstanceOf(OpenAI);
    const recorded = await changes(
      () => patient.chat.completions.create({ model: 'flaky', messages }),
      /^agent_model_retries/,
    );
    expect(recorded).toEqual({ 'agent_model_retries_total{model="__other__",reason="server_error"}': 1 });
    const exhausted = await changes(
      () => patient.chat.completions.create({ model: 'rate-limited', messages }).catch(() => undefined),
      /^agent_model_retries/,
    );
    expect(exhausted).toEqual({ 'agent_model_retries_total{model="__other__",reason="rate_limit"}': 2 });
    expect(spans.named('agent.model_call').map(({ attributes }) => attributes['agent.retries'])).toEqual([
      1, 2,
    ]);
  });

  test('requests of an unknown shape, and clients of one, go through untouched', () => {
    const odd = { chat: { completions: { create: (request: unknown) => ({ request }) } } };
    expect(agents.wrapOpenAI(odd).chat.completions.create('no object')).toEqual({ request: 'no object' });
    expect(agents.wrapOpenAI(odd).chat.completions.create({ model: 'ok' })).toEqual({
      request: { model: 'ok' },
    });
    const frozen = Object.freeze({
      chat: Object.freeze({ completions: Object.freeze({ create: () => 1 }) }),
    });
    expect(agents.wrapOpenAI(frozen).chat.completions.create()).toBe(1);
    expect(agents.wrapOpenAI({})).toEqual({});
  });
});
