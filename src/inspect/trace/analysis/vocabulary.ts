import type { Model } from '../../../model/model.js';
import type { Attributes } from '../span.js';

/** Attributes by which agents, tools, models and what they use are recognised; the first that a span has counts. */
export interface Vocabulary {
  readonly agent: readonly string[];
  readonly tool: readonly string[];
  /** What a tool was called with. */
  readonly arguments: readonly string[];
  readonly model: readonly string[];
  readonly inputTokens: readonly string[];
  readonly outputTokens: readonly string[];
  readonly cacheRead: readonly string[];
  readonly cacheWrite: readonly string[];
  readonly cost: readonly string[];
  /** Attributes whose figure is of the agent's own calls, without those of agents below it; other figures hold all that is below. */
  readonly ownOnly: ReadonlySet<string>;
}

/**
 * The names of OpenTelemetry's GenAI conventions (https://opentelemetry.io/docs/specs/semconv/gen-ai/) with their older forms, of
 * OpenInference (`llm.*`), of Logfire (`operation.cost`), and of the preset `agent`.
 */
export const conventionalVocabulary: Vocabulary = {
  agent: ['gen_ai.agent.name', 'agent.name', 'agent'],
  tool: ['gen_ai.tool.name', 'mcp.tool.name', 'tool.name', 'tool'],
  arguments: ['gen_ai.tool.call.arguments', 'tool.parameters', 'input.value'],
  model: ['gen_ai.request.model', 'gen_ai.response.model', 'llm.model_name'],
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'agent.usage.input_tokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'agent.usage.output_tokens',
  ],
  cacheRead: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
  cacheWrite: ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens'],
  cost: ['gen_ai.usage.cost', 'gen_ai.cost', 'llm.cost.total', 'operation.cost', 'agent.cost'],
  ownOnly: new Set(['agent.usage.input_tokens', 'agent.usage.output_tokens', 'agent.cost']),
};

type Topic = Exclude<keyof Vocabulary, 'ownOnly'>;

/** How spec authors call these attributes: their labels first, then the attribute itself. */
const said: Readonly<Record<Topic, RegExp>> = {
  agent: /^agent(?:[._]name)?$/,
  tool: /^tool(?:[._]name)?$/,
  arguments: /^(?:tool[._])?(?:arguments|args|parameters)$/,
  model: /^model(?:[._]name)?$/,
  inputTokens: /^(?:usage[._])?(?:input|prompt)[._]tokens$/,
  outputTokens: /^(?:usage[._])?(?:output|completion)[._]tokens$/,
  cacheRead: /^(?:cached|cache[._]read)[._]tokens$/,
  cacheWrite: /^cache[._](?:write|creation)[._]tokens$/,
  cost: /^(?:total[._])?cost(?:[._][a-z]{3})?$/,
};

/** The vocabulary with the names that a spec exports its attributes under, which come before those of the conventions. */
export function vocabularyOf(model: Model | undefined): Vocabulary {
  if (model === undefined) return conventionalVocabulary;
  const attributes = [...model.spans.values()].flatMap((span) => span.attributes);
  const named = (topic: Topic): readonly string[] => {
    const own = attributes
      .filter(
        ({ name, label }) => said[topic].test(name) || (label !== undefined && said[topic].test(label.wire)),
      )
      .map(({ exportedName }) => exportedName);
    return [...new Set([...own, ...conventionalVocabulary[topic]])];
  };
  return {
    agent: named('agent'),
    tool: named('tool'),
    arguments: named('arguments'),
    model: named('model'),
    inputTokens: named('inputTokens'),
    outputTokens: named('outputTokens'),
    cacheRead: named('cacheRead'),
    cacheWrite: named('cacheWrite'),
    cost: named('cost'),
    ownOnly: conventionalVocabulary.ownOnly,
  };
}

/** A text, as of a name; empty ones are none. */
export function textOf(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** A figure, with the attribute that it is of. Negative ones are no figures. */
export function figureOf(
  attributes: Attributes,
  names: readonly string[],
): { readonly value: number; readonly name: string } | undefined {
  for (const name of names) {
    const given = attributes.get(name);
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return { value, name };
  }
  return undefined;
}
