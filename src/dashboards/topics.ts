import type { BoardTopic } from '../model/dashboard.js';
import type { Label, Metric, Model, Span } from '../model/model.js';

/** Topics that a metric can belong to. */
export type Home = Exclude<BoardTopic, 'slos' | 'slo'>;

/** Words of a metric's name, the service's own name aside. */
function wordsOf(model: Model, { name, origin }: Metric): ReadonlySet<string> {
  const service = model.service.name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const own = origin.preset === undefined && name.startsWith(`${service}_`);
  const plain = own ? name.slice(service.length + 1) : name;
  return new Set(plain.split('_'));
}

const currencies: ReadonlySet<string> = new Set(['usd', 'eur', 'gbp', 'chf', 'jpy']);

const vocabulary: readonly (readonly [Home, readonly string[]])[] = [
  [
    'service',
    ['http', 'grpc', 'rpc', 'queue', 'queues', 'cache', 'caches', 'sandbox', 'training', 'db', 'sql'],
  ],
  [
    'security',
    [
      ...['policy', 'policies', 'violation', 'violations', 'approval', 'approvals', 'security', 'audit'],
      ...['auth', 'injection', 'redactions', 'abuse', 'guardrail', 'guardrails', 'moderation'],
    ],
  ],
  ['cost', ['cost', 'costs', 'spend', 'spent', 'price', 'prices', 'unpriced', 'billing']],
  [
    'models',
    [
      ...[
        'model',
        'models',
        'llm',
        'llms',
        'token',
        'tokens',
        'prompt',
        'prompts',
        'completion',
        'inference',
      ],
      ...['embedding', 'embeddings', 'chat', 'ratelimit', 'vendor', 'provider', 'stream'],
    ],
  ],
  [
    'agents',
    [
      ...['agent', 'agents', 'subagent', 'subagents', 'tool', 'tools', 'mcp', 'workflow', 'workflows'],
      ...[
        'run',
        'runs',
        'session',
        'sessions',
        'step',
        'steps',
        'iteration',
        'iterations',
        'handoff',
        'handoffs',
      ],
    ],
  ],
];

const modelConventions = /^gen_ai\.(?:chat|text_completion|generate_content|embeddings)$/;
const agentConventions = /^gen_ai\.(?:create_agent|invoke_agent|invoke_workflow|execute_tool)$/;

/** Which board is about what a span does; undefined where its convention does not say. */
export function homeOfSpan({ convention }: Span): Home | undefined {
  if (convention === undefined) return undefined;
  if (modelConventions.test(convention)) return 'models';
  return agentConventions.test(convention) ? 'agents' : undefined;
}

/** A label's name without its preset. */
function plainKey({ key }: Label): string {
  return key.slice(key.indexOf('.') + 1);
}

function ofLabels({ labels }: Metric): Home | undefined {
  const keys = labels.flatMap((label) => [plainKey(label), label.wire]);
  if (keys.some((key) => /^(?:.*_)?(?:model|vendor|provider)$/.test(key))) return 'models';
  if (keys.some((key) => /^(?:agent|tool|workflow)(?:_name|_type)?$/.test(key))) return 'agents';
  return undefined;
}

function homeIn(model: Model, metric: Metric, recordedBy: ReadonlyMap<Metric, Span>): Home {
  const { name, unit } = metric;
  if (/^(?:gpu|dcgm|nvidia)_|_gpus?_/i.test(name)) return 'gpu';
  if (/^(?:process|nodejs|python|go|jvm|dotnet)_/.test(name)) return 'runtime';
  if (name.startsWith('obsgen_')) return 'telemetry';
  if (unit !== undefined && currencies.has(unit)) return 'cost';
  const span = recordedBy.get(metric);
  const told = span && homeOfSpan(span);
  if (told !== undefined) return told;
  if (span?.kind === 'server' || span?.kind === 'consumer') return 'service';
  const words = wordsOf(model, metric);
  // The names of the conventions for agents' metrics begin as those for models do.
  if (name.startsWith('gen_ai_'))
    return /invoke_agent|execute_tool|workflow/.test(name) ? 'agents' : 'models';
  // Every metric of the presets for agents begins with that word.
  const isPreset = metric.origin.preset !== undefined && name.startsWith('agent_');
  const spoken = isPreset ? new Set([...words].filter((word) => word !== 'agent')) : words;
  const found = vocabulary.find(([, list]) => list.some((word) => spoken.has(word)));
  return found?.[0] ?? ofLabels(metric) ?? (isPreset ? 'agents' : 'service');
}

/** For each metric of a service the board that it belongs on, by what it measures. */
export function homes(model: Model): ReadonlyMap<Metric, Home> {
  const recordedBy = new Map<Metric, Span>();
  for (const span of model.spans.values()) {
    const { count, duration, firstChunk } = span.record;
    for (const metric of [count, duration, firstChunk])
      if (metric !== undefined && !recordedBy.has(metric)) recordedBy.set(metric, span);
  }
  return new Map([...model.metrics.values()].map((metric) => [metric, homeIn(model, metric, recordedBy)]));
}
