import { afterAll, beforeAll, expect, test } from 'vitest';
import { drain } from './drain.js';
import { helpersOf } from './generated.js';
import { startModelServer, type ModelServer } from './model-server.js';
import { changes } from './page.js';
import { describeWithPeers, peer } from './peers.js';
import { agentSpec } from './spec.js';
import { useTracing } from './tracing.js';

interface Model {
  readonly specificationVersion: string;
  readonly modelId: string;
}

interface Ai {
  generateText(
    options: object,
  ): Promise<{ readonly text: string; readonly usage: { readonly totalTokens: number } }>;
  streamText(options: object): {
    readonly textStream: AsyncIterable<string>;
    readonly usage: Promise<unknown>;
    consumeStream(): Promise<void>;
  };
  wrapLanguageModel(options: object): Model;
}

interface Provider {
  chatModel(id: string): Model;
}

describeWithPeers('a model of the Vercel AI SDK', () => {
  const { agents, labels } = helpersOf(agentSpec);
  const spans = useTracing();
  const outcomes = (): unknown[] =>
    spans.named('agent.model_call').map(({ attributes }) => attributes['outcome']);
  let server: ModelServer;
  let ai: Ai;
  let provider: Provider;

  beforeAll(async () => {
    server = await startModelServer();
    ai = peer('ai') as Ai;
    const { createOpenAICompatible } = peer('@ai-sdk/openai-compatible') as {
      createOpenAICompatible: (options: object) => Provider;
    };
    provider = createOpenAICompatible({
      name: 'scripted',
      baseURL: `${server.origin}/v1`,
      includeUsage: true,
    });
    for (const label of ['agentModel', 'costModel']) labels[label]?.register(['ok']);
  });
  afterAll(() => server.stop());

  test('is recorded, whole and streamed', async () => {
    const model = provider.chatModel('ok');
    expect(agents.wrapLanguageModel(model)).toBe(model);
    const recorded = await changes(async () => {
      expect((await ai.generateText({ model, prompt: 'the secret question' })).text).toBe('answer text');
      const result = ai.streamText({ model, prompt: 'the secret question' });
      let text = '';
      for await (const part of result.textStream) text += part;
      expect(text).toBe('answer text in parts');
    });
    expect(recorded).toMatchObject({
      'agent_model_calls_total{model="ok",outcome="ok"}': 2,
      'agent_tokens_total{token_class="input",model="ok",agent="tested-agent"}': 120,
      'agent_tokens_total{token_class="cache_read",model="ok",agent="tested-agent"}': 80,
      'agent_tokens_total{token_class="output",model="ok",agent="tested-agent"}': 40,
      'agent_tokens_total{token_class="reasoning",model="ok",agent="tested-agent"}': 20,
      'gen_ai_client_operation_time_to_first_chunk_seconds_count{model="ok"}': 1,
    });
    expect(spans.named('agent.model_call')[0]?.attributes['gen_ai.provider.name']).toBe('scripted');
    expect(JSON.stringify(spans.ended.map(({ attributes }) => attributes))).not.toMatch(/secret|answer text/);
  });

  test('is recorded by the middleware as well', async () => {
    const model = ai.wrapLanguageModel({
      model: provider.chatModel('ok'),
      middleware: agents.languageModelMiddleware(),
    });
    await ai.generateText({ model, prompt: 'q' });
    await drain(ai.streamText({ model, prompt: 'q' }).textStream);
    expect(outcomes()).toEqual(['ok', 'ok']);
  });

  test('an error keeps its class, and each call of the SDK is one of its own', async () => {
    const error: unknown = await ai
      .generateText({
        model: agents.wrapLanguageModel(provider.chatModel('rate-limited')),
        prompt: 'q',
        maxRetries: 0,
      })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AI_APICallError', statusCode: 429 });
    const recorded = await changes(
      () =>
        ai
          .generateText({
            model: agents.wrapLanguageModel(provider.chatModel('broken')),
            prompt: 'q',
            maxRetries: 1,
          })
          .catch(() => undefined),
      /^agent_model_(retries|calls)/,
    );
    expect(recorded).toEqual({
      'agent_model_calls_total{model="__other__",outcome="server_error"}': 2,
      'agent_model_retries_total{model="__other__",reason="server_error"}': 1,
    });
    expect(outcomes()).toEqual(['rate_limit', 'server_error', 'server_error']);
  });

  test.each(['cut', 'error-event', 'malformed'])('a stream that is %s ends its span once', async (model) => {
    const result = ai.streamText({
      model: agents.wrapLanguageModel(provider.chatModel(model)),
      prompt: 'q',
      maxRetries: 0,
      onError: () => undefined,
    });
    await result.consumeStream();
    expect(outcomes()).toEqual(['server_error']);
  });

  test('an abort ends the span', async () => {
    const controller = new AbortController();
    const result = ai.streamText({
      model: agents.wrapLanguageModel(provider.chatModel('hang')),
      prompt: 'q',
      abortSignal: controller.signal,
    });
    let count = 0;
    for await (const part of result.textStream) {
      if (part !== '') count += 1;
      if (count === 2) controller.abort();
    }
    await expect.poll(outcomes).toEqual(['cancelled']);
  });

  test('a model of an older specification, and something that is none', async () => {
    const old = {
      ...{ specificationVersion: 'v2', provider: 'own.chat', modelId: 'ok', supportedUrls: {} },
      doGenerate: () =>
        Promise.resolve({
          content: [{ type: 'text', text: 'hello' }],
          finishReason: 'stop',
          usage: {
            inputTokens: 10,
            outputTokens: 5,
            totalTokens: 15,
            reasoningTokens: 2,
            cachedInputTokens: 4,
          },
          warnings: [],
        }),
      doStream: () => Promise.reject(new Error('not asked for')),
    };
    const recorded = await changes(async () => {
      expect((await ai.generateText({ model: agents.wrapLanguageModel(old), prompt: 'q' })).text).toBe(
        'hello',
      );
    });
    expect(recorded).toMatchObject({
      'agent_tokens_total{token_class="input",model="ok",agent="tested-agent"}': 6,
      'agent_tokens_total{token_class="reasoning",model="ok",agent="tested-agent"}': 2,
    });
    const none = { modelId: 'x' };
    expect(agents.wrapLanguageModel(none)).toBe(none);
  });

  test('a prompt that is sent again after an answer is no retry', async () => {
    const errors = [new Error('no'), undefined, undefined];
    const model = agents.wrapLanguageModel({
      modelId: 'ok',
      doGenerate: (options: { readonly prompt: object }) => {
        const error = errors.shift();
        return error === undefined ? Promise.resolve(options) : Promise.reject(error);
      },
      doStream: () => Promise.reject(new Error('not asked for')),
    });
    const options = { prompt: [] };
    const recorded = await changes(async () => {
      await expect(model.doGenerate(options)).rejects.toThrow('no');
      expect(await model.doGenerate(options)).toBe(options);
      expect(await model.doGenerate(options)).toBe(options);
    }, /^agent_model/);
    expect(recorded).toEqual({
      'agent_model_calls_total{model="ok",outcome="ok"}': 2,
      'agent_model_calls_total{model="ok",outcome="server_error"}': 1,
    });
    expect(spans.named('agent.model_call').map(({ attributes }) => attributes['agent.retries'])).toEqual([
      undefined,
      1,
      undefined,
    ]);
  });
});
