// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Tokens of a model call in disjoint classes: their sum is the total, and nothing is counted twice. */
export interface Usage {
  /** Tokens of the request that were neither read from a cache nor written to one. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Tokens of the answer without those that it was reasoned with. */
  readonly output: number;
  readonly reasoning: number;
}

export const noUsage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** All tokens of the request, cached ones included. */
export function inputTokens({ input, cacheRead, cacheWrite }: Usage): number {
  return input + cacheRead + cacheWrite;
}

/** All tokens of the answer, reasoning included. */
export function outputTokens({ output, reasoning }: Usage): number {
  return output + reasoning;
}

/** All tokens. */
export function totalTokens(usage: Usage): number {
  return inputTokens(usage) + outputTokens(usage);
}

/** The sum of two usages. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    input: one.input + other.input,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    output: one.output + other.output,
    reasoning: one.reasoning + other.reasoning,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What an OpenAI-compatible API reports (`prompt_tokens` of chat completions, `input_tokens` of responses): the input includes cached
 * tokens, and the output those of reasoning.
 */
export function usageOfOpenAI(reported: unknown): Usage | undefined {
  const usage = fieldsOf(reported);
  if (usage === undefined) return undefined;
  const input = tokens(usage, 'prompt_tokens', 'input_tokens');
  const output = tokens(usage, 'completion_tokens', 'output_tokens');
  if (input === undefined && output === undefined) return undefined;
  const ofInput = fieldsOf(usage['prompt_tokens_details'] ?? usage['input_tokens_details']);
  const ofOutput = fieldsOf(usage['completion_tokens_details'] ?? usage['output_tokens_details']);
  return split(input, output, {
    // DeepSeek and Moonshot report the hits beside the input that includes them.
    cacheRead: tokens(ofInput, 'cached_tokens') ?? tokens(usage, 'prompt_cache_hit_tokens', 'cached_tokens'),
    cacheWrite: tokens(ofInput, 'cache_write_tokens'),
    reasoning: tokens(ofOutput, 'reasoning_tokens'),
  });
}

/** What Anthropic reports: tokens read from the cache and written to it stand beside the input, thinking is part of the output. */
export function usageOfAnthropic(reported: unknown): Usage | undefined {
  const usage = fieldsOf(reported);
  if (usage === undefined) return undefined;
  const fresh = tokens(usage, 'input_tokens');
  const output = tokens(usage, 'output_tokens');
  if (fresh === undefined && output === undefined) return undefined;
  const cacheRead = tokens(usage, 'cache_read_input_tokens') ?? 0;
  const cacheWrite = tokens(usage, 'cache_creation_input_tokens') ?? 0;
  const reasoning = tokens(fieldsOf(usage['output_tokens_details']), 'thinking_tokens', 'reasoning_tokens');
  return split((fresh ?? 0) + cacheRead + cacheWrite, output, { cacheRead, cacheWrite, reasoning });
}

/** What a model of the Vercel AI SDK reports: numbers up to version 2 of its specification, objects by class from 3 on, and its results. */
export function usageOfAiSdk(reported: unknown): Usage | undefined {
  const usage = fieldsOf(reported);
  if (usage === undefined) return undefined;
  const byClass = { input: fieldsOf(usage['inputTokens']), output: fieldsOf(usage['outputTokens']) };
  const details = {
    input: byClass.input ?? fieldsOf(usage['inputTokenDetails']),
    output: byClass.output ?? fieldsOf(usage['outputTokenDetails']),
  };
  const cacheRead =
    tokens(details.input, 'cacheRead', 'cacheReadTokens') ?? tokens(usage, 'cachedInputTokens');
  const cacheWrite = tokens(details.input, 'cacheWrite', 'cacheWriteTokens');
  const reasoning =
    tokens(details.output, 'reasoning', 'reasoningTokens') ?? tokens(usage, 'reasoningTokens');
  const fresh = tokens(details.input, 'noCache', 'noCacheTokens');
  const text = tokens(details.output, 'text', 'textTokens');
  const input =
    (byClass.input === undefined ? tokens(usage, 'inputTokens') : tokens(byClass.input, 'total')) ??
    sumOf(fresh, cacheRead, cacheWrite);
  const output =
    (byClass.output === undefined ? tokens(usage, 'outputTokens') : tokens(byClass.output, 'total')) ??
    sumOf(text, reasoning);
  if (input === undefined && output === undefined) return undefined;
  return split(input, output, { cacheRead, cacheWrite, reasoning });
}

/** What Gemini reports: the prompt includes cached tokens, thoughts stand beside the candidates, results of tools beside the prompt. */
export function usageOfGemini(reported: unknown): Usage | undefined {
  const usage = fieldsOf(reported);
  if (usage === undefined) return undefined;
  const prompt = tokens(usage, 'promptTokenCount');
  const candidates = tokens(usage, 'candidatesTokenCount', 'responseTokenCount');
  const thoughts = tokens(usage, 'thoughtsTokenCount');
  const output = sumOf(candidates, thoughts);
  if (prompt === undefined && output === undefined) return undefined;
  const input = sumOf(prompt, tokens(usage, 'toolUsePromptTokenCount'));
  return split(input, output, {
    cacheRead: tokens(usage, 'cachedContentTokenCount'),
    reasoning: thoughts,
  });
}

/** A report of any of these kinds, told apart by the names of its fields; undefined where it is none of them. */
export function usageOf(reported: unknown): Usage | undefined {
  const usage = fieldsOf(reported);
  if (usage === undefined) return undefined;
  if ('promptTokenCount' in usage || 'candidatesTokenCount' in usage) return usageOfGemini(usage);
  if ('inputTokens' in usage || 'outputTokens' in usage) return usageOfAiSdk(usage);
  if ('cache_read_input_tokens' in usage || 'cache_creation_input_tokens' in usage)
    return usageOfAnthropic(usage);
  return usageOfOpenAI(usage);
}

interface Parts {
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
  readonly reasoning?: number | undefined;
}

/** Parts are no more than their whole, whatever was reported: the sum stays the total. */
function split(input = 0, output = 0, parts: Parts): Usage {
  const cacheRead = Math.min(parts.cacheRead ?? 0, input);
  const cacheWrite = Math.min(parts.cacheWrite ?? 0, input - cacheRead);
  const reasoning = Math.min(parts.reasoning ?? 0, output);
  return {
    input: input - cacheRead - cacheWrite,
    cacheRead,
    cacheWrite,
    output: output - reasoning,
    reasoning,
  };
}

function sumOf(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0);
}

/** The first of the fields that is a number of tokens. */
function tokens(usage: Fields | undefined, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = usage?.[name];
    if (typeof value === 'number' && value >= 0 && value <= mostTokens) return Math.trunc(value);
  }
  return undefined;
}

/** No call has more; what is beyond it is a mistake of the reporter, and sums have to stay exact. */
const mostTokens = 1e12;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}
