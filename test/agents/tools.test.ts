import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { argumentHash } from '../../src/runtime/agents/argument-hash.js';
import { helpersOf } from './generated.js';
import { changes } from './page.js';
import { agentSpec } from './spec.js';
import { useTracing } from './tracing.js';

/** An error of a class of that name, which has not set its `name`. */
function named(name: string): Error {
  const Class = { [name]: class extends Error {} }[name] as new (message: string) => Error;
  return new Class('no');
}

describe('a tool', () => {
  const { agents, labels } = helpersOf(agentSpec);
  const spans = useTracing();
  const outcomes = (): unknown[] =>
    spans.named('agent.tool_call').map(({ attributes }) => attributes['outcome']);
  beforeAll(() => {
    labels['agentTool']?.register(['search', 'fetch', 'count']);
    labels['agentAgent']?.register(['planner', 'writer']);
  });

  test('keeps its name, length, properties, `this`, arguments and result', () => {
    const tool = Object.assign(
      function search(this: { base: string }, query: string, limit: number): string {
        return `${this.base} ${query} ${String(limit)}`;
      },
      { description: 'searches' },
    );
    const wrapped = agents.wrapTool('search', tool);
    expect(wrapped).not.toBe(tool);
    expect([wrapped.name, wrapped.length, wrapped.description]).toEqual(['search', 2, 'searches']);
    expect(wrapped.call({ base: 'b' }, 'q', 3)).toBe('b q 3');
    expect(agents.wrapTool('search', wrapped)).toBe(wrapped);
  });

  test.each([
    [named('ApprovalDeniedError'), 'denied'],
    [named('ZodError'), 'invalid_args'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'timeout'],
    [Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }), 'transport_error'],
    [
      new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
      'transport_error',
    ],
    [new Error('other'), 'tool_error'],
    ['a string', 'tool_error'],
  ] satisfies readonly (readonly [unknown, string])[])(
    'what it throws comes through: %s counts as %s',
    async (thrown, outcome) => {
      const error = thrown as Error;
      const sync = agents.wrapTool('search', () => {
        throw error;
      });
      const late = agents.wrapTool('fetch', () => Promise.reject(error));
      expect(sync).toThrow(error);
      await expect(late()).rejects.toBe(error);
      expect(outcomes()).toEqual([outcome, outcome]);
    },
  );

  test('an answer that comes in parts ends the span with its last one', async () => {
    const tool = agents.wrapTool('count', async function* count(to: number) {
      for (let at = 0; at < to; at += 1) yield await Promise.resolve(at);
    });
    const seen: number[] = [];
    const parts = tool(3);
    expect(spans.named('agent.tool_call')).toHaveLength(0);
    for await (const part of parts) seen.push(part);
    expect(seen).toEqual([0, 1, 2]);
    for await (const part of tool(3)) if (part === 1) break;
    expect(outcomes()).toEqual(['ok', 'ok']);
  });

  test('arguments and results leave only where the operator opts in', () => {
    const tool = agents.wrapTool('search', (query: { text: string }) => `found ${query.text}`);
    tool({ text: 'needle' });
    process.env['OBSGEN_CAPTURE_CONTENT'] = 'true';
    try {
      tool({ text: 'needle' });
    } finally {
      delete process.env['OBSGEN_CAPTURE_CONTENT'];
    }
    const [closed, open] = spans.named('agent.tool_call').map(({ attributes }) => attributes);
    expect(JSON.stringify(closed)).not.toContain('needle');
    expect(open).toMatchObject({
      'gen_ai.tool.call.arguments': '{"text":"needle"}',
      'gen_ai.tool.call.result': '"found needle"',
    });
  });

  test('a call that repeats an earlier one of its run is counted', async () => {
    const tool = agents.wrapTool('search', (query: object) => query);
    const recorded = await changes(() => {
      agents.run({ agent: 'planner' }, (run) => {
        tool({ text: 'a', page: 1 });
        tool({ page: 1, text: 'a' });
        tool({ text: 'b', page: 1 });
        tool({ text: 'a', page: 1 });
        expect(run.repeatedCalls).toBe(2);
        // Another run begins anew.
        agents.run({ agent: 'writer' }, () => tool({ text: 'a', page: 1 }));
      });
    }, /^agent_repeated/);
    expect(recorded).toEqual({ 'agent_repeated_calls_total{agent="planner",tool="search"}': 2 });
  });

  test('registries of all kinds', async () => {
    class Secret {
      readonly name = 'fetch';
      #key = 'k';
      execute(url: string): string {
        return `${this.#key} ${url}`;
      }
    }
    const plain = { description: 'd', execute: (query: string) => query.length };
    const secret = new Secret();
    const record = agents.wrapTools({ search: plain, other: 7, count: (to: number) => to });
    expect(record.search).toMatchObject({ description: 'd' });
    expect(record.search.execute('four')).toBe(4);
    expect(plain.execute.name).toBe('execute');
    expect(record.other).toBe(7);
    expect(record.count(2)).toBe(2);
    const [first] = agents.wrapTools([secret]);
    expect(first).toBe(secret);
    expect(first.execute('u')).toBe('k u');
    const map = agents.wrapTools(new Map([['search', (query: string) => query]]));
    expect(map.get('search')?.('q')).toBe('q');
    const runner = agents.wrapTools([
      {
        type: 'function',
        function: { name: 'search', parse: JSON.parse, function: (query: string) => Promise.resolve(query) },
      },
    ]);
    expect(await runner[0]?.function.function('q')).toBe('q');
    expect(spans.named('agent.tool_call').map(({ attributes }) => attributes['gen_ai.tool.name'])).toEqual([
      'search',
      'count',
      'fetch',
      'search',
      'search',
    ]);
  });
});

describe('the hash of arguments', () => {
  const json = fc.jsonValue({ maxDepth: 4 });

  test('is the same for a copy with its keys in another order', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(argumentHash(reversed(value))).toBe(argumentHash(value));
      }),
    );
  });

  test('differs for different arguments', () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        fc.pre(JSON.stringify(sorted(left)) !== JSON.stringify(sorted(right)));
        expect(argumentHash(left)).not.toBe(argumentHash(right));
      }),
    );
  });

  test('ends with cycles, and invokes no getter', () => {
    const cycle: Record<string, unknown> = {
      get trap(): never {
        throw new Error('invoked');
      },
    };
    cycle['self'] = cycle;
    expect(argumentHash(cycle)).toBe(argumentHash(cycle));
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
