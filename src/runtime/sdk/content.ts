/**
 * Names under which instrumentations put prompts, answers, and arguments and results of tools: the semantic conventions for generative
 * AI and what preceded them (OpenLLMetry, OpenInference, Vercel's AI SDK, Langfuse, the MCP conventions).
 */
export const contentNames: ReadonlySet<string> = new Set([
  'ai.prompt',
  'ai.response.object',
  'ai.response.reasoning',
  'ai.response.text',
  'ai.response.toolCalls',
  'ai.result.object',
  'ai.result.text',
  'ai.toolCall.args',
  'ai.toolCall.result',
  'ai.value',
  'ai.values',
  'event_content',
  'gen_ai.completion',
  'gen_ai.event.content',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.prompt',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.tool.definitions',
  'http.request.body',
  'http.response.body',
  'input.value',
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.trace.input',
  'langfuse.trace.output',
  'llm.invocation_parameters',
  'output.value',
  'tool.parameters',
  'traceloop.entity.input',
  'traceloop.entity.output',
]);

/** Names of lists that older conventions spread over many attributes: `gen_ai.prompt.0.content`, `ai.prompt.messages`. */
export const contentPrefixes: readonly string[] = [
  'ai.prompt.',
  'embedding.embeddings.',
  'gen_ai.completion.',
  'gen_ai.prompt.',
  'llm.completions.',
  'llm.input_messages.',
  'llm.output_messages.',
  'llm.prompts.',
  'retrieval.documents.',
];

/** Whether an attribute of that name holds what users and models have written. */
export function holdsContent(name: string): boolean {
  return contentNames.has(name) || contentPrefixes.some((prefix) => name.startsWith(prefix));
}
