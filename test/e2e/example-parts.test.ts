import { describe, expect, it } from 'vitest';
import { CompletionBuilder } from '../../examples/agent/model/completion.js';
import { failureOf } from '../../examples/agent/model/errors.js';
import { eventData } from '../../examples/agent/model/event-stream.js';
import { readCorpus } from '../../examples/agent/tools/corpus.js';
import { evaluate } from '../../examples/agent/tools/expression.js';
import { buildIndex } from '../../examples/agent/tools/search-index.js';
import { parseArguments } from '../../examples/agent/tools/tool.js';

describe('the calculator', () => {
  it.each([
    ['6 * 7', 42],
    ['17% * 2340', 397.8],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['(1 + 2) * -(3 - 5)', 6],
    ['10 / 4 / 5', 0.5],
    ['1 - 2 - 3', -4],
    ['200 * 5 % % ', 0.1],
  ])('%s is %d', (source, value) => {
    expect(evaluate(source)).toBeCloseTo(value, 10);
  });

  it.each([
    '',
    '1 +',
    '(1',
    '1)',
    '1 2',
    'process.exit()',
    '1 / 0',
    '0 / 0',
    '9 ^ 9 ^ 9',
    '('.repeat(10_000),
    '-'.repeat(10_000),
  ])('refuses %j', (source) => {
    expect(() => evaluate(source)).toThrow(/./);
  });
});

describe('arguments of a tool', () => {
  const schema = {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'Words.' },
      limit: { type: 'integer', description: 'How many.' },
    },
    required: ['query'],
  } as const;

  it('are taken where they fit', () => {
    expect({ ...parseArguments(schema, '{"query": "wind", "limit": 3}') }).toEqual({
      query: 'wind',
      limit: 3,
    });
    expect({ ...parseArguments(schema, '{"query": "wind"}') }).toEqual({ query: 'wind' });
  });

  it.each([
    '',
    '{}',
    '{"query": 1}',
    '{"query": "a", "limit": 1.5}',
    '{"query": "a", "__proto__": 1}',
    '["a"]',
    '{"query"',
  ])('are refused where they do not: %s', (json) => {
    expect(() => parseArguments(schema, json)).toThrow();
  });
});

describe('the search index', () => {
  const index = buildIndex(readCorpus());

  it('finds the document that is about the query', () => {
    expect(index.search('how does a heat pump move heat', 3)[0]?.document.id).toBe('heat-pumps');
    expect(index.search('burn rate', 3)[0]?.document.id).toBe('error-budgets');
    expect(index.search('herd immunity', 3)[0]?.document.id).toBe('vaccines');
  });

  it('finds nothing where no word occurs', () => {
    expect(index.search('zebra xylophone', 3)).toEqual([]);
    expect(index.search('', 3)).toEqual([]);
  });

  it('knows the restricted document', () => {
    expect(index.documents.get('board-minutes')?.restricted).toBe(true);
    expect(index.documents.get('sleep')).toMatchObject({ topic: 'health', restricted: false });
  });
});

describe('the stream of a model', () => {
  async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += size)
      yield Promise.resolve(bytes.slice(at, at + size)) as unknown as Uint8Array;
    await Promise.resolve();
  }

  it.each([1, 2, 3, 7, 1000])('is read whatever the pieces are: %d bytes', async (size) => {
    const text = ': comment\ndata: {"a": "ü"}\n\nevent: x\r\ndata: one\r\ndata:two\r\n\r\ndata: cut off';
    const found: string[] = [];
    for await (const data of eventData(inPieces(text, size))) found.push(data);
    expect(found).toEqual(['{"a": "ü"}', 'one\ntwo']);
  });

  it('puts tool calls together from their deltas', () => {
    const builder = new CompletionBuilder();
    const delta = (index: number, name: string | undefined, json: string): void => {
      const part = name === undefined ? { arguments: json } : { name, arguments: json };
      builder.add({ choices: [{ delta: { tool_calls: [{ index, function: part }] }, finish_reason: null }] });
    };
    delta(0, 'search', '{"que');
    delta(1, 'clock', '');
    delta(0, undefined, 'ry":"x"}');
    expect(() => builder.build()).toThrow('the stream ended');
    builder.add({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] });
    const { toolCalls, finishReason } = builder.build();
    expect(toolCalls.map((call) => call.function)).toEqual([
      { name: 'search', arguments: '{"query":"x"}' },
      { name: 'clock', arguments: '' },
    ]);
    expect(finishReason).toBe('tool_calls');
  });

  it.each([
    [429, {}, 'rate_limit_exceeded'],
    [500, {}, 'server_error'],
    [504, {}, 'timeout'],
    [404, {}, 'client_error'],
    [400, { error: { code: 'content_filter' } }, 'content_filter'],
    [400, { error: { code: 'context_length_exceeded' } }, 'context_length_exceeded'],
  ] as const)('classes the answer %d %j as %s', (status, body, failure) => {
    expect(failureOf(status, body)).toBe(failure);
  });
});
