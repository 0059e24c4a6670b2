import type { Reply, Scenario, Turn } from './scenario.js';

const use = (name: string, args: object): Reply => ({
  kind: 'tools',
  calls: [{ name, arguments: JSON.stringify(args) }],
});

const say = (text: string): Reply => ({ kind: 'text', text });

/** The id of the first document that a search returned. */
function firstHit(turn: Turn): string | undefined {
  return /^(?<id>[\w-]+): /.exec(turn.results[0] ?? '')?.groups?.['id'];
}

/** Search, read the best document, answer: what most tasks do. */
function research(turn: Turn, task: string): Reply {
  if (turn.number === 0) return use('search', { query: task.slice(0, 80) });
  if (turn.number === 1) {
    const id = firstHit(turn);
    return id === undefined ? say('The documents say nothing about this.') : use('fetch_document', { id });
  }
  return say(`The documents say: ${turn.results[0] ?? 'nothing'}`);
}

/** Computes what stands behind the colon of the task. */
function compute(turn: Turn, task: string): Reply {
  if (turn.number > 0) return say(`The result is ${turn.results[0] ?? 'unknown'}.`);
  return use('calculator', { expression: task.slice(task.indexOf(':') + 1).trim() });
}

/** The conversations that go wrong in a way of their own come first; the last one takes every other task. */
export const scenarios: readonly Scenario[] = [
  {
    matches: /^compute:/i,
    reply: compute,
  },
  {
    matches: /^what time/i,
    reply: (turn) => (turn.number === 0 ? use('clock', {}) : say(`It is ${turn.results[0] ?? 'late'}.`)),
  },
  {
    // Two tools in one turn, then another agent, and a model that reasons before it answers.
    matches: /^compare:/i,
    reply: (turn, task) => {
      const [left = '', right = ''] = task.slice(8).split(' and ');
      const search = (query: string): { name: string; arguments: string } => ({
        name: 'search',
        arguments: JSON.stringify({ query: query.trim() }),
      });
      if (turn.number === 0) return { kind: 'tools', calls: [search(left), search(right)] };
      if (turn.number === 1) return use('ask_analyst', { question: 'Compute: 160 / 14' });
      return {
        kind: 'text',
        text: `They differ. ${turn.results[0] ?? '?'}`,
        reasoningTokens: 250,
      };
    },
  },
  {
    // Something of everything: a search, a document that gives orders, another agent.
    matches: /^brief me:/i,
    reply: (turn, task) => {
      if (turn.number === 0) return use('search', { query: task.slice(9) });
      if (turn.number > 1) return say(`In brief: ${turn.results.join(' ')}`);
      const asked = [
        ['fetch_document', { id: 'weekly-digest' }],
        ['ask_analyst', { question: 'Compute: 6 * 7' }],
      ] as const;
      return {
        kind: 'tools',
        calls: asked.map(([name, args]) => ({ name, arguments: JSON.stringify(args) })),
      };
    },
  },
  {
    // The first try of each call is refused for its rate; the second one is answered.
    matches: /^in a hurry:/i,
    reply: (turn, task) =>
      turn.retry === 0
        ? { kind: 'refusal', status: 429, code: 'rate_limit_exceeded', retryAfterSeconds: 0.05 }
        : research(turn, task),
  },
  {
    // The large model is down; the small one answers.
    matches: /^during the outage:/i,
    reply: (turn, task) =>
      turn.isFallback ? research(turn, task) : { kind: 'refusal', status: 503, code: 'overloaded' },
  },
  {
    // The large model takes too long; the small one answers.
    matches: /^patiently:/i,
    reply: (turn) => (turn.isFallback ? say('Here is the short answer.') : { kind: 'silence' }),
  },
  {
    // The stream breaks off on the first try.
    matches: /^over a bad line:/i,
    reply: (turn) =>
      turn.retry === 0
        ? { kind: 'cut', text: 'The answer begins, and then the line' }
        : say('The whole answer.'),
  },
  {
    // The provider's filter stops both models.
    matches: /^improperly:/i,
    reply: () => ({ kind: 'refusal', status: 400, code: 'content_filter' }),
  },
  {
    // The large model's context is too short for this; the small one answers.
    matches: /^at great length:/i,
    reply: (turn) =>
      turn.isFallback
        ? say('In short: yes.')
        : { kind: 'refusal', status: 400, code: 'context_length_exceeded' },
  },
  {
    // A wrong argument, an error of the tool, a tool that does not exist: the model reads the error and mends its call.
    matches: /^clumsily:/i,
    reply: (turn) => {
      if (turn.number === 0) return use('calculator', { formula: '6 * 7' });
      if (turn.number === 1) return use('calculator', { expression: '6 / 0' });
      if (turn.number === 2) return use('browse_the_web', { url: 'https://example.com' });
      if (turn.number === 3) return use('calculator', { expression: '6 * 7' });
      return say(`After some attempts: ${turn.results[0] ?? '?'}.`);
    },
  },
  {
    matches: /^curiously:/i,
    reply: (turn) =>
      turn.number === 0
        ? use('fetch_document', { id: 'board-minutes' })
        : say('I am not allowed to read the minutes.'),
  },
  {
    matches: /^read the digest/i,
    reply: (turn) =>
      turn.number === 0 ? use('fetch_document', { id: 'weekly-digest' }) : say('Slow requests matter.'),
  },
  {
    // Asks for the same thing again and again.
    matches: /^stubbornly:/i,
    reply: () => use('search', { query: 'the meaning of everything' }),
  },
  {
    // Always finds something more to look for.
    matches: /^exhaustively:/i,
    reply: (turn) => use('search', { query: `wind power part ${turn.number + 1}` }),
  },
  {
    matches: /^at any price:/i,
    reply: (turn) => use('search', { query: `gold part ${turn.number + 1}` }),
    tokenFactor: 100,
  },
  { matches: /^/, reply: research },
];
