/** An attribute that a convention asks for and that the caller of the helper may give. */
export interface ConventionAttribute {
  readonly name: string;
  readonly description: string;
}

/** What a GenAI convention adds to a span. */
export interface Convention {
  /** Attributes that are the same on every such span. */
  readonly constants: ReadonlyMap<string, string>;
  /** Attributes that the convention requires, or requires where they are known. */
  readonly attributes: readonly ConventionAttribute[];
}

const provider = {
  name: 'gen_ai.provider.name',
  description: 'Who serves the model: openai, anthropic, aws.bedrock, …',
};
const model = { name: 'gen_ai.request.model', description: 'Model that was asked for.' };
/** The attribute that says whose run a span is. */
export const agentNameAttribute = 'gen_ai.agent.name';
const agent = { name: agentNameAttribute, description: 'Name of the agent.' };
const conversation = {
  name: 'gen_ai.conversation.id',
  description: 'Conversation that the call belongs to.',
};
const tool = { name: 'gen_ai.tool.name', description: 'Name of the tool.' };
const call = { name: 'gen_ai.tool.call.id', description: "The model's id of the tool call." };

const operation = (name: string, ...attributes: readonly ConventionAttribute[]): [string, Convention] => [
  `gen_ai.${name}`,
  { constants: new Map([['gen_ai.operation.name', name]]), attributes },
];

/**
 * The GenAI semantic conventions for spans, as OpenTelemetry's profile 1.41 has them. The profile `next` names these attributes alike:
 * what differs between the profiles are metrics.
 */
const conventions: ReadonlyMap<string, Convention> = new Map([
  operation('chat', provider, model, conversation),
  operation('text_completion', provider, model),
  operation('generate_content', provider, model, conversation),
  operation('embeddings', provider, model),
  operation('create_agent', provider, agent, model),
  operation('invoke_agent', provider, agent, model, conversation),
  operation('invoke_workflow', { name: 'gen_ai.workflow.name', description: 'Name of the workflow.' }),
  operation('execute_tool', tool, call),
]);

/** The names that `convention` may have. */
export const conventionNames: readonly string[] = [...conventions.keys()];

/** What a convention adds; undefined where nobody agreed on such a one. */
export function conventionNamed(name: string): Convention | undefined {
  return conventions.get(name);
}
