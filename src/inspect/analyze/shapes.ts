import type { Activity, Signal } from './facts.js';

/** What the shape of a callee tells where no import does. */
interface Shape {
  readonly does: Activity | Signal;
  /** Its last words, joined by `.`: one of them has to end the callee. */
  readonly ends?: readonly string[];
  /** Or: what it is called on, by the last word of it, and what it does there. */
  readonly on?: RegExp;
  readonly calls?: RegExp;
}

const shapes: readonly Shape[] = [
  {
    does: 'model',
    ends: [
      'chat.completions.create',
      'chat.completions.parse',
      'chat.completions.stream',
      'completions.create',
      'responses.create',
      'responses.parse',
      'responses.stream',
      'embeddings.create',
      'messages.create',
      'messages.stream',
      'models.generateContent',
      'models.generateContentStream',
      'generateContent',
      'generateContentStream',
      'embedQuery',
      'embedDocuments',
    ],
  },
  {
    does: 'model',
    on: /(?:model|llm|chatmodel|embeddings?)$/i,
    calls: /^(?:invoke|stream|batch|generate|doGenerate|doStream|embed)$/,
  },
  { does: 'tool', ends: ['callTool', 'executeTool', 'runTool', 'invokeTool'] },
  { does: 'tool', on: /^#?tool$/i, calls: /^(?:execute|call|run|invoke|handler|func)$/ },
  {
    does: 'queue',
    on: /(?:queue|producer|consumer|channel|boss)$/i,
    calls: /^(?:add|addBulk|enqueue|dequeue|push|publish|send|sendToQueue|consume|process|work|subscribe)$/,
  },
  {
    does: 'database',
    on: /^#?(?:db|database|pool|conn|connection|sql|knex|repository|repo|redis)$/i,
    calls:
      /^(?:query|execute|exec|transaction|get|set|del|find\w*|insert\w*|update\w*|delete\w*|save|select|raw|prepare|hget|hset|incr|expire)$/,
  },
  { does: 'database', ends: ['$queryRaw', '$executeRaw', '$transaction'] },
  { does: 'errors', ends: ['captureException', 'recordException', 'noticeError'] },
  { does: 'correlation', ends: ['context.with', 'propagation.inject', 'propagation.extract'] },
  {
    does: 'logging',
    on: /^#?_?(?:console|log|logger|logging)$/i,
    calls: /^(?:trace|debug|verbose|info|notice|warn|warning|error|fatal|log|critical)$/,
  },
];

const ends = new Map(shapes.flatMap(({ does, ends: each = [] }) => each.map((end) => [end, does] as const)));
const lasts = new Set([...ends.keys()].map((end) => end.slice(end.lastIndexOf('.') + 1)));
const receivers = shapes.filter(({ on }) => on !== undefined);

/** What a callee does, by its shape alone: `x.chat.completions.create` asks a model, whoever `x` is. */
export function shapeOf(parts: readonly string[]): Activity | Signal | undefined {
  const last = parts.at(-1) ?? '';
  if (lasts.has(last)) {
    for (let from = Math.max(0, parts.length - 3); from < parts.length; from += 1) {
      const found = ends.get(parts.slice(from).join('.'));
      if (found !== undefined) return found;
    }
  }
  const receiver = parts.at(-2);
  if (receiver === undefined) return undefined;
  if (parts[0] === 'prisma' && parts.length > 2) return 'database';
  return receivers.find(({ on, calls }) => calls?.test(last) === true && on?.test(receiver) === true)?.does;
}

/** Functions of the language's own surroundings, as they are called without an import. */
export function globalOf(callee: string): Activity | undefined {
  switch (callee) {
    case 'fetch':
    case 'globalThis.fetch':
    case 'window.fetch':
    case 'new WebSocket':
    case 'new EventSource':
      return 'network';
    default:
      return undefined;
  }
}

/** Whether a call starts something that nobody waits for: a timer that goes on, a listener of a queue. */
export function isUnattended(callee: string): boolean {
  return callee === 'setInterval' || callee === 'setImmediate' || callee === 'cron.schedule';
}
