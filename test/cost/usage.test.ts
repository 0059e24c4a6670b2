import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  inputTokens,
  outputTokens,
  totalTokens,
  usageOf,
  usageOfAiSdk,
  usageOfAnthropic,
  usageOfGemini,
  usageOfOpenAI,
  type Usage,
} from '../../src/runtime/cost/index.js';

const count = fc.nat({ max: 1e9 });

/** Reports of a total whose parts may contradict it, as they do where a provider has a bug. */
const openAi = fc.record({ prompt: count, completion: count, cached: count, reasoning: count });

function isSound(usage: Usage | undefined): boolean {
  return (
    usage !== undefined &&
    Object.values(usage).every((each: number) => Number.isSafeInteger(each) && each >= 0)
  );
}

describe('disjoint classes sum to the total that is reported', () => {
  test('OpenAI: cached tokens are part of the input, reasoning is part of the output', () => {
    fc.assert(
      fc.property(openAi, ({ prompt, completion, cached, reasoning }) => {
        const chat = usageOfOpenAI({
          prompt_tokens: prompt,
          completion_tokens: completion,
          prompt_tokens_details: { cached_tokens: cached },
          completion_tokens_details: { reasoning_tokens: reasoning },
        });
        const response = usageOfOpenAI({
          input_tokens: prompt,
          output_tokens: completion,
          input_tokens_details: { cached_tokens: cached },
          output_tokens_details: { reasoning_tokens: reasoning },
        });
        expect(response).toEqual(chat);
        expect(isSound(chat)).toBe(true);
        expect(totalTokens(chat as Usage)).toBe(prompt + completion);
        expect(inputTokens(chat as Usage)).toBe(prompt);
        expect(chat?.cacheRead).toBe(Math.min(cached, prompt));
      }),
    );
  });

  test('Anthropic: what was read from the cache and written to it stands beside the input', () => {
    fc.assert(
      fc.property(count, count, count, count, (input, read, written, output) => {
        const usage = usageOfAnthropic({
          ...{ input_tokens: input, output_tokens: output },
          ...{ cache_read_input_tokens: read, cache_creation_input_tokens: written },
        });
        expect(usage).toEqual({ input, cacheRead: read, cacheWrite: written, output, reasoning: 0 });
      }),
    );
  });

  test('the AI SDK, in all its forms', () => {
    fc.assert(
      fc.property(openAi, ({ prompt, completion, cached, reasoning }) => {
        const flat = usageOfAiSdk({
          inputTokens: prompt,
          outputTokens: completion,
          cachedInputTokens: cached,
          reasoningTokens: reasoning,
        });
        const byClass = usageOfAiSdk({
          inputTokens: { total: prompt, noCache: undefined, cacheRead: cached, cacheWrite: undefined },
          outputTokens: { total: completion, text: undefined, reasoning },
        });
        const result = usageOfAiSdk({
          ...{ inputTokens: prompt, outputTokens: completion },
          ...{
            inputTokenDetails: { cacheReadTokens: cached },
            outputTokenDetails: { reasoningTokens: reasoning },
          },
        });
        expect(byClass).toEqual(flat);
        expect(result).toEqual(flat);
        expect(totalTokens(flat as Usage)).toBe(prompt + completion);
      }),
    );
  });

  test('Gemini: thoughts stand beside the candidates, results of tools beside the prompt', () => {
    fc.assert(
      fc.property(count, count, count, count, count, (prompt, tools, candidates, thoughts, cached) => {
        const usage = usageOfGemini({
          ...{ promptTokenCount: prompt, toolUsePromptTokenCount: tools, cachedContentTokenCount: cached },
          ...{ candidatesTokenCount: candidates, thoughtsTokenCount: thoughts },
        }) as Usage;
        expect(totalTokens(usage)).toBe(prompt + tools + candidates + thoughts);
        expect(outputTokens(usage)).toBe(candidates + thoughts);
        expect(usage.reasoning).toBe(thoughts);
      }),
    );
  });
});

test('any report gives a sound usage, or none', () => {
  const names = [
    ...[
      'prompt_tokens',
      'input_tokens',
      'inputTokens',
      'outputTokens',
      'promptTokenCount',
      'candidatesTokenCount',
    ],
    ...[
      'completion_tokens',
      'output_tokens',
      'cache_read_input_tokens',
      'prompt_tokens_details',
      'reasoningTokens',
    ],
  ];
  const report = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.double(), fc.anything(), count));
  fc.assert(
    fc.property(fc.oneof(report, fc.anything()), (reported) => {
      const usage = usageOf(reported);
      expect(usage === undefined || isSound(usage)).toBe(true);
    }),
  );
});

test('the kinds of reports are told apart', () => {
  expect(usageOf({ input_tokens: 5, cache_read_input_tokens: 7, output_tokens: 1 })).toMatchObject({
    input: 5,
    cacheRead: 7,
  });
  expect(
    usageOf({ input_tokens: 12, input_tokens_details: { cached_tokens: 7 }, output_tokens: 1 }),
  ).toMatchObject({ input: 5, cacheRead: 7 });
  expect(usageOf({ promptTokenCount: 5 })).toMatchObject({ input: 5 });
  expect(usageOf({ inputTokens: 5, outputTokens: 2 })).toMatchObject({ input: 5, output: 2 });
  expect(usageOf({ prompt_tokens: 7, total_tokens: 7 })).toMatchObject({ input: 7, output: 0 });
  expect(usageOf({ prompt_tokens: 7, prompt_cache_hit_tokens: 3 })).toMatchObject({ input: 4, cacheRead: 3 });
});
