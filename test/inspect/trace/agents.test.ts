import { describe, expect, it } from 'vitest';
import { readPriceTable } from '../../../src/runtime/cost/price-table.js';
import { vocabularyOf } from '../../../src/inspect/trace/analysis/vocabulary.js';
import { modelOf } from '../../support/model.js';
import { analysed, type GivenSpan } from './support.js';

const root: GivenSpan = { id: 'root', from: 0, to: 1000 };
const span = (
  id: string,
  parent: string,
  attributes: Readonly<Record<string, string | number>>,
  more: Partial<GivenSpan> = {},
): GivenSpan => ({
  ...{ id, parent, attributes, from: 0, to: 10 },
  ...more,
});
const agent = (name: string): Readonly<Record<string, string>> => ({ 'gen_ai.agent.name': name });
const model = (name: string, input: number, output: number): Readonly<Record<string, string | number>> => ({
  'gen_ai.request.model': name,
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
});
const rows = (spans: readonly GivenSpan[], prices?: Parameters<typeof analysed>[1]): unknown =>
  analysed(spans, prices).usage.map(({ agent: who, model: what, inputTokens, outputTokens, cost }) => [
    who,
    what,
    inputTokens,
    outputTokens,
    cost,
  ]);

describe('tokens and cost', () => {
  it('belong to the nearest agent above, by model', () => {
    expect(
      rows([
        root,
        span('plan', 'root', agent('planner')),
        span('c1', 'plan', model('large', 100, 10)),
        span('c2', 'plan', model('large', 50, 5)),
        span('write', 'plan', agent('writer')),
        span('c3', 'write', model('small', 7, 3)),
      ]),
    ).toEqual([
      ['planner', 'large', 150, 15, undefined],
      ['writer', 'small', 7, 3, undefined],
    ]);
  });

  it('are not counted twice where a span above sums up those below', () => {
    expect(
      rows([
        root,
        span('run', 'root', {
          ...agent('planner'),
          'gen_ai.usage.input_tokens': 150,
          'gen_ai.usage.cost': 0.5,
        }),
        span('c1', 'run', { ...model('large', 100, 10), 'gen_ai.usage.cost': 0.2 }),
        span('c2', 'run', { ...model('large', 50, 5), 'gen_ai.usage.cost': 0.3 }),
      ]),
    ).toEqual([['planner', 'large', 150, 15, 0.5]]);
  });

  it('are completed by what a sum has beyond those below', () => {
    const used = analysed([
      root,
      span('run', 'root', { ...agent('planner'), 'gen_ai.usage.input_tokens': 150 }),
      span('c1', 'run', model('large', 100, 10)),
    ]).usage;
    expect(used.map(({ model: what, inputTokens }) => [what, inputTokens])).toEqual([
      ['large', 100],
      [undefined, 50],
    ]);
  });

  it('of a run that says only its own are not compared with agents below it', () => {
    expect(
      rows([
        root,
        span('run', 'root', { ...agent('planner'), 'agent.cost': 0.5 }),
        span('sub', 'run', { ...agent('writer'), 'agent.cost': 0.2 }),
      ]),
    ).toEqual([
      ['planner', undefined, undefined, undefined, 0.5],
      ['writer', undefined, undefined, undefined, 0.2],
    ]);
  });

  it('are worked out from prices where no span says them, and said to be', () => {
    const { table } = readPriceTable({
      currency: 'USD',
      updated: '2026-01-01',
      perMillionTokens: { large: { input: 10, output: 100, cacheRead: 1 } },
    });
    const { usage } = analysed(
      [
        root,
        span('c1', 'root', { ...model('large', 1000, 100), 'gen_ai.usage.cache_read.input_tokens': 400 }),
        span('c2', 'root', { ...model('large', 1000, 100), 'gen_ai.usage.cost': 1 }),
        span('c3', 'root', model('unheard-of', 10, 10)),
      ],
      table,
    );
    expect(
      usage.map(({ model: what, cost, estimated, unpriced }) => [what, cost, estimated, unpriced]),
    ).toEqual([
      ['large', 1.0164, 0.0164, 0],
      ['unheard-of', undefined, 0, 1],
    ]);
  });

  it('that differ from a sum in the last digits only are that sum, and a run without calls needs no row', () => {
    expect(
      rows([
        root,
        span('run', 'root', { ...agent('planner'), 'agent.cost': 0.1 + 0.2 }),
        span('c1', 'run', { ...model('large', 1, 1), 'gen_ai.usage.cost': 0.1 }),
        span('c2', 'run', { ...model('large', 1, 1), 'gen_ai.usage.cost': 0.2 }),
        span('idle', 'root', { ...agent('writer'), 'agent.cost': 0, 'agent.usage.input_tokens': 0 }),
      ]),
    ).toEqual([['planner', 'large', 2, 2, 0.30000000000000004]]);
  });

  it('that are negative or no numbers are none', () => {
    expect(
      rows([root, span('c1', 'root', { 'gen_ai.usage.cost': -1, 'gen_ai.usage.input_tokens': 'many' })]),
    ).toEqual([]);
  });
});

describe('repeated calls', () => {
  let from = 0;
  const tool = (name: string, args?: string): GivenSpan => {
    from += 10;
    const step: GivenSpan = { id: `t${from}`, parent: 'run', from, to: from + 5 };
    return {
      ...step,
      attributes: {
        'gen_ai.tool.name': name,
        ...(args === undefined ? {} : { 'gen_ai.tool.call.arguments': args }),
      },
    };
  };
  const run = span('run', 'root', agent('planner'), { to: 1000 });
  const loops = (...calls: GivenSpan[]): unknown => {
    from = 0;
    return analysed([root, run, ...calls]).repeats.map(({ calls: what, times, sameArguments }) => [
      what.join(' '),
      times,
      sameArguments,
    ]);
  };

  it('with the same arguments are told from the second on', () => {
    expect(loops(tool('search', 'x'), tool('search', 'x'), tool('search', 'y'))).toEqual([
      ['search', 2, true],
    ]);
  });

  it('of which the arguments are not known are told from the third on', () => {
    expect(loops(tool('search'), tool('search'))).toEqual([]);
    expect(loops(tool('search'), tool('search'), tool('search'))).toEqual([['search', 3, undefined]]);
  });

  it('with other arguments are work', () => {
    expect(loops(tool('search', 'a'), tool('search', 'b'), tool('search', 'c'), tool('search', 'd'))).toEqual(
      [],
    );
  });

  it('that take turns are told from the third turn on', () => {
    const turn = (): GivenSpan[] => [tool('search', 'x'), tool('fetch', 'y')];
    expect(loops(...turn(), ...turn())).toEqual([]);
    expect(loops(...turn(), ...turn(), ...turn(), tool('search', 'x'))).toEqual([['search fetch', 3, true]]);
  });

  it('are found below the steps of a run, and not across runs', () => {
    const step = (id: string, parent: string, at: number): GivenSpan[] => [
      { id, parent, from: at, to: at + 10 },
      {
        id: `${id}t`,
        parent: id,
        from: at + 1,
        to: at + 9,
        attributes: { 'gen_ai.tool.name': 'search', 'gen_ai.tool.call.arguments': 'x' },
      },
    ];
    const other = span('other', 'root', agent('writer'), { to: 1000 });
    const { repeats, trace } = analysed([
      root,
      run,
      other,
      ...step('s1', 'run', 0),
      ...step('s2', 'run', 20),
      ...step('o1', 'other', 40),
    ]);
    expect(repeats.map(({ times, below }) => [times, trace.spans[below]?.name])).toEqual([[2, 'run']]);
  });

  it('of any name are told from the fifth in a row below one parent, unless they ran side by side', () => {
    const query = (index: number, gap: number): GivenSpan => ({
      id: `q${index}`,
      name: 'SELECT user',
      parent: 'run',
      from: index * gap,
      to: index * gap + 5,
    });
    const queries = (count: number, gap: number): GivenSpan[] =>
      Array.from({ length: count }, (_, index) => query(index, gap));
    expect(loops(...queries(4, 10))).toEqual([]);
    expect(loops(...queries(6, 10))).toEqual([['SELECT user', 6, undefined]]);
    expect(loops(...queries(6, 1))).toEqual([]);
  });

  it('are no steps of a loop, which are told by what is done in them', () => {
    const step = (index: number): GivenSpan[] => [
      { id: `p${index}`, name: 'step', parent: 'run', from: index * 10, to: index * 10 + 8 },
      { id: `w${index}`, name: `work ${index}`, parent: `p${index}`, from: index * 10, to: index * 10 + 5 },
    ];
    expect(loops(...[0, 1, 2, 3, 4, 5].flatMap(step))).toEqual([]);
  });
});

describe('the names of a spec', () => {
  const words = vocabularyOf(
    modelOf(`version: 1
service: { name: shop, owner: us }
labels:
  agent: { description: Which agent., registered: true, cap: 9 }
  llm: { description: Which model., registered: true, cap: 9, as: model }
metrics: { runs_total: { type: counter, help: Runs., labels: [agent, llm] } }
spans:
  run:
    kind: internal
    attributes:
      who: { label: agent, as: shop.agent }
      which: { label: llm, as: shop.llm }
      input.tokens: { type: int, as: shop.tokens.in }
      cost_usd: { type: double, as: shop.price }
      steps: { type: int }
    record: { count: runs_total }
alerts: { Idle: { expr: 'rate(runs_total[5m]) == 0', for: 5m, severity: info, summary: s } }
`),
  );

  it('are known by the labels and the names of attributes, before those of the conventions', () => {
    expect(words.agent[0]).toBe('shop.agent');
    expect(words.model[0]).toBe('shop.llm');
    expect(words.inputTokens[0]).toBe('shop.tokens.in');
    expect(words.cost[0]).toBe('shop.price');
    expect(words.agent).toContain('gen_ai.agent.name');
    expect(words.outputTokens[0]).toBe('gen_ai.usage.output_tokens');
  });
});
