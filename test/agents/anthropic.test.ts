import { afterAll, beforeAll, expect, test } from 'vitest';
import { drain } from './drain.js';
import type { AnthropicClient, AnthropicModule } from './clients.js';
import { helpersOf } from './generated.js';
import { startModelServer, type ModelServer } from './model-server.js';
import { changes } from './page.js';
import { describeWithPeers, peer } from './peers.js';
import { agentSpec } from './spec.js';
import { useTracing } from './tracing.js';

const request = {
  model: 'ok',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'the secret question' }],
};

describeWithPeers('the client of Anthropic', () => {
  const { agents, labels } = helpersOf(agentSpec);
  const spans = useTracing();
  const outcomes = (): unknown[] =>
    spans.named('agent.model_call').map(({ attributes }) => attributes['outcome']);
  let server: ModelServer;
  let plain: AnthropicClient;
  let client: AnthropicClient;
  let Anthropic: AnthropicModule;

  beforeAll(async () => {
    server = await startModelServer();
    Anthropic = (peer('@anthropic-ai/sdk') as { readonly default: AnthropicModule }).default;
    const options = { apiKey: 'key', baseURL: server.origin, maxRetries: 0 };
    plain = new Anthropic(options);
    client = agents.wrapAnthropic(new Anthropic(options));
    for (const label of ['agentModel', 'costModel']) labels[label]?.register(['ok']);
  });
  afterAll(() => server.stop());

  test('stays what it is, and records a call with its disjoint tokens', async () => {
    expect(client).toBeInstanceOf(Anthropic);
    const recorded = await changes(async () => {
      expect(await client.messages.create(request)).toEqual(await plain.messages.create(request));
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="ok",outcome="ok"}': 1,
      'agent_tokens_total{token_class="input",model="ok",agent="tested-agent"}': 50,
      'agent_tokens_total{token_class="cache_read",model="ok",agent="tested-agent"}': 40,
      'agent_tokens_total{token_class="cache_write",model="ok",agent="tested-agent"}': 10,
      'agent_tokens_total{token_class="output",model="ok",agent="tested-agent"}': 30,
    });
    expect(spans.named('agent.model_call')[0]?.attributes).toMatchObject({
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.response.model': 'ok-20260901',
      // With what was read from the cache and written to it, as the conventions have it.
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.response.finish_reasons': ['end_turn'],
    });
    expect(JSON.stringify(spans.ended.map(({ attributes }) => attributes))).not.toMatch(/secret|answer text/);
  });

  test('streams, their helper, and the beta resource are calls of their own', async () => {
    const recorded = await changes(async () => {
      const parts: unknown[] = [];
      for await (const part of await client.messages.create({ ...request, stream: true })) parts.push(part);
      expect(parts).toHaveLength(7);
      const final = await client.messages.stream(request).finalMessage();
      expect(final.content[0]?.text).toBe('answer text');
      await drain(client.beta.messages.stream(request));
      expect((await client.beta.messages.create(request)).content[0]?.text).toBe('answer text');
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="ok",outcome="ok"}': 4,
      'agent_tokens_total{token_class="output",model="ok",agent="tested-agent"}': 120,
      'agent_tokens_total{token_class="input",model="ok",agent="tested-agent"}': 200,
      'gen_ai_client_operation_time_to_first_chunk_seconds_count{model="ok"}': 3,
    });
    expect(outcomes()).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test('what an aborted stream has used is known from its start', async () => {
    const stream = client.messages.stream({ ...request, model: 'hang' });
    const recorded = await changes(async () => {
      await expect(
        (async () => {
          for await (const part of stream)
            if ((part as { type: string }).type === 'content_block_delta') stream.abort();
        })(),
      ).rejects.toMatchObject({ message: 'Request was aborted.' });
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="__other__",outcome="cancelled"}': 1,
      'agent_stream_aborts_total{model="__other__",aborted_by="client"}': 1,
      'agent_tokens_total{token_class="input",model="__other__",agent="tested-agent"}': 50,
    });
    expect(outcomes()).toEqual(['cancelled']);
  });

  test.each(['cut', 'malformed', 'error-event'])(
    'a stream that is %s fails as it does without the wrapper',
    async (model) => {
      const failure = async (from: AnthropicClient): Promise<unknown> => {
        try {
          await drain(await from.messages.create({ ...request, model, stream: true }));
          return undefined;
        } catch (error) {
          return Object.getPrototypeOf(error);
        }
      };
      expect(await failure(client)).toBe(await failure(plain));
      expect(outcomes()).toEqual(['server_error']);
    },
  );

  test.each([
    ['rate-limited', 'rate_limit'],
    ['overloaded', 'server_error'],
    ['too-long', 'context_length'],
    ['wrong-key', 'client_error'],
    ['filtered', 'content_filter'],
  ])('a %s call counts as %s', async (model, outcome) => {
    const result = (from: AnthropicClient): Promise<unknown> =>
      from.messages.create({ ...request, model }).then(
        () => 'answered',
        (error: unknown) => Object.getPrototypeOf(error) as unknown,
      );
    expect(await result(client)).toBe(await result(plain));
    expect(outcomes()).toEqual([outcome]);
  });

  test('retries of the client are counted', async () => {
    const patient = client.withOptions({ maxRetries: 2 });
    const recorded = await changes(
      () => patient.messages.create({ ...request, model: 'flaky' }),
      /^agent_model_retries/,
    );
    expect(recorded).toEqual({ 'agent_model_retries_total{model="__other__",reason="server_error"}': 1 });
  });
});
