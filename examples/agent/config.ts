/** What an agent is told and may use. */
export interface AgentDefinition {
  readonly instructions: string;
  readonly tools: readonly string[];
}

/** How the service is set up. */
export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Undefined: the scripted model server is started. */
  readonly modelUrl: string | undefined;
  readonly apiKey: string | undefined;
  /** What clients have to show as a bearer token; undefined: nothing. */
  readonly apiToken: string | undefined;
  /** Name of the provider in the GenAI conventions. */
  readonly provider: string;
  /** In the order in which they are asked. */
  readonly models: readonly string[];
  readonly agents: ReadonlyMap<string, AgentDefinition>;
  readonly defaultAgent: string;
  readonly workers: number;
  readonly queueCapacity: number;
  readonly modelTimeoutMs: number;
  readonly retries: number;
  readonly backoffMs: number;
  readonly toolTimeoutMs: number;
  readonly runTimeoutMs: number;
  /** How long tasks may go on after the service was told to stop, in milliseconds. */
  readonly graceMs: number;
  readonly maxSteps: number;
  readonly maxCostUsd: number;
  readonly maxRepeats: number;
}

const agents: ReadonlyMap<string, AgentDefinition> = new Map([
  [
    'researcher',
    {
      instructions:
        'Answer from the documents. Search first, read what you cite, and say which documents you used.',
      tools: ['search', 'fetch_document', 'calculator', 'clock', 'ask_analyst'],
    },
  ],
  [
    'analyst',
    {
      instructions: 'Answer with figures. Compute with the calculator, never in your head.',
      tools: ['calculator', 'clock'],
    },
  ],
]);

/** Reads the set-up from the environment. Throws where a number is none. */
export function configFromEnvironment(environment: NodeJS.ProcessEnv): Config {
  const number = (name: string, otherwise: number): number => {
    const value = environment[name];
    if (value === undefined || value === '') return otherwise;
    const parsed = Number(value);
    if (!Number.isFinite(parsed) || parsed < 0) throw new Error(`${name} is no number: ${value}`);
    return parsed;
  };
  const modelUrl = environment['OPENAI_BASE_URL']?.replace(/\/+$/, '');
  const scripted = modelUrl === undefined || modelUrl === '';
  const models = [
    environment['AGENT_MODEL'] ?? (scripted ? 'sage-large' : 'gpt-4.1'),
    environment['AGENT_FALLBACK_MODEL'] ?? (scripted ? 'sage-small' : 'gpt-4.1-mini'),
  ];
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port: number('PORT', 0),
    modelUrl: scripted ? undefined : modelUrl,
    apiKey: environment['OPENAI_API_KEY'],
    apiToken: environment['AGENT_API_TOKEN'],
    provider: scripted ? 'scripted' : (environment['AGENT_PROVIDER'] ?? 'openai'),
    models,
    agents,
    defaultAgent: 'researcher',
    workers: number('AGENT_WORKERS', 4),
    queueCapacity: number('AGENT_QUEUE_CAPACITY', 200),
    modelTimeoutMs: number('AGENT_MODEL_TIMEOUT_MS', scripted ? 1500 : 60_000),
    retries: number('AGENT_RETRIES', 2),
    backoffMs: number('AGENT_BACKOFF_MS', scripted ? 50 : 1000),
    toolTimeoutMs: number('AGENT_TOOL_TIMEOUT_MS', 10_000),
    runTimeoutMs: number('AGENT_RUN_TIMEOUT_MS', 300_000),
    graceMs: number('AGENT_GRACE_MS', 5000),
    maxSteps: number('AGENT_MAX_STEPS', 8),
    maxCostUsd: number('AGENT_MAX_COST_USD', 0.05),
    maxRepeats: number('AGENT_MAX_REPEATS', 2),
  };
}
