import { describe, expect, it } from 'vitest';
import { chosen, matched, nameOf, read, ruleFor, rulesOf } from './support.js';

const agents = `
import type { Tool } from 'tools';
export class ResearchAgent extends Base<string> implements ns.Runnable, Tool<Task> {
  constructor(private name: string) { super(); }
  async run(task: Task) { return fetch(task.url); }
  #load() {}
  static of() {}
  get total() { return 1; }
  set total(value: number) {}
  later = async (task: Task) => task;
}
class Base<T> implements Startable { start(): void {} }
interface Startable extends Stoppable {}
const Writer = class { run() {} };
export async function searchWeb(query: string) { return query; }
function helper(): Promise<void> { return Promise.resolve(); }
const parse = (text: string) => JSON.parse(text);
export const tools = { search() {}, find: async () => {} };
items.map((item) => item.id);
`;

describe('a match by names', () => {
  it.each([
    [
      '{ class: "*Agent" }',
      ['ResearchAgent.run', 'ResearchAgent.#load', 'ResearchAgent.of', 'ResearchAgent.later'],
    ],
    ['{ class: Writer }', ['Writer.run']],
    ['{ class: "{Writer,Base}" }', ['Base.start', 'Writer.run']],
    ['{ class: "*agent" }', []],
    ['{ method: run }', ['ResearchAgent.run', 'Writer.run']],
    ['{ class: ResearchAgent, method: run }', ['ResearchAgent.run']],
    ['{ method: "#load" }', ['ResearchAgent.#load']],
    ['{ method: load }', []],
    ['{ method: later }', ['ResearchAgent.later']],
    ['{ method: "{search,find}" }', ['search', 'find']],
    ['{ function: "search*" }', ['searchWeb']],
    ['{ function: parse }', ['parse']],
    ['{ function: later }', []],
    ['{ function: "?elper" }', ['helper']],
    ['{ function: "*" }', ['searchWeb', 'helper', 'parse']],
    ['{ variable: "*" }', ['parse']],
    ['{ variable: helper }', []],
  ])('%s', (match, names) => {
    expect(matched(match, agents)).toEqual(names);
  });
});

describe('a match by kind', () => {
  it.each([
    ['{ method: constructor }', ['ResearchAgent.constructor']],
    ['{ method: "constr*" }', []],
    ['{ method: total }', ['get ResearchAgent.total', 'set ResearchAgent.total']],
    ['{ method: total, kind: [getter] }', ['get ResearchAgent.total']],
    ['{ method: "tot*" }', []],
    ['{ kind: [constructor] }', ['ResearchAgent.constructor']],
    ['{ kind: [object method] }', ['search']],
    ['{ kind: [expression] }', ['ResearchAgent.later', 'parse', 'find', '(anonymous)']],
    [
      '{ kind: [setter, getter], class: "Research*" }',
      ['get ResearchAgent.total', 'set ResearchAgent.total'],
    ],
  ])('%s', (match, names) => {
    expect(matched(match, agents)).toEqual(names);
  });

  it('means functions of all usual kinds where only the file is said', () => {
    const names = matched('{ file: "src/**" }', agents);
    expect(names).toHaveLength(12);
    expect(names).not.toContain('ResearchAgent.constructor');
    expect(names).not.toContain('get ResearchAgent.total');
  });
});

describe('a match by what is written around', () => {
  it.each([
    ['{ implements: Tool, method: run }', ['ResearchAgent.run']],
    ['{ implements: ns.Runnable, method: run }', ['ResearchAgent.run']],
    ['{ implements: Runnable, method: run }', ['ResearchAgent.run']],
    [
      '{ implements: Startable }',
      ['ResearchAgent.run', 'ResearchAgent.#load', 'ResearchAgent.of', 'ResearchAgent.later', 'Base.start'],
    ],
    ['{ implements: Stoppable, method: start }', ['Base.start']],
    ['{ extends: Base, method: run }', ['ResearchAgent.run']],
    ['{ extends: Startable }', []],
    ['{ exported: true, function: "*" }', ['searchWeb']],
    ['{ exported: false, function: "*" }', ['helper', 'parse']],
    ['{ exported: true, method: run }', ['ResearchAgent.run']],
    ['{ async: true }', ['ResearchAgent.run', 'ResearchAgent.later', 'searchWeb', 'helper', 'find']],
    ['{ async: false, function: "*" }', ['parse']],
    ['{ imports: tools, function: parse }', ['parse']],
    ['{ imports: "tool?", function: parse }', ['parse']],
    ['{ imports: tool, function: parse }', []],
  ])('%s', (match, names) => {
    expect(matched(match, agents)).toEqual(names);
  });

  it.each([
    ["import 'openai/shims';", 'openai/*'],
    ["import x = require('openai');", 'openai'],
    ["const x = require('openai');", 'openai'],
    ["const x = await import('openai');", 'openai'],
    ["export * from '@anthropic-ai/sdk';", '@anthropic-ai/*'],
  ])('sees that %s imports', (statement, module) => {
    expect(matched(`{ imports: "${module}", function: f }`, `${statement}\nfunction f() {}`)).toEqual(['f']);
  });

  it('takes no text for an import', () => {
    expect(matched('{ imports: openai, function: f }', "const name = 'openai';\nfunction f() {}")).toEqual(
      [],
    );
  });

  it.each([
    ['{ decorator: Tool }', ['Search.run', 'Marked.other']],
    ['{ decorator: Tool, method: run }', ['Search.run']],
    ['{ decorator: sdk.Tool }', ['Marked.other']],
    ['{ decorator: "*" }', ['Search.run', 'Search.field', 'Marked.other']],
  ])('%s', (match, names) => {
    const text = `
      class Search { @Tool({ name: 'search' }) run() {} plain() {} @Field() field = () => {}; }
      @sdk.Tool class Marked { other() {} }
    `;
    expect(matched(match, text)).toEqual(names);
  });

  it.each([
    ['src/**/*.ts', true],
    ['src/agents/*.ts', true],
    ['src/*.ts', false],
    ['src/agents', true],
    ['./src/', true],
    ['**/{run,agents}/*', true],
    ['agents/*.ts', false],
    ['src/agents/RUN.ts', false],
  ])('file: %s', (pattern, fits) => {
    const names = matched(`{ file: '${pattern}' }`, 'function f() {}', 'src/agents/run.ts');
    expect(names).toEqual(fits ? ['f'] : []);
  });
});

describe('a match of calls', () => {
  const calls = `
    class Chat { ask() { return this.client.chat.completions.create({}); } }
    await openai?.chat
      .completions!.create<Answer>({});
    const answer = client['chat'].completions.create({});
    create({});
    for await (const part of openai.stream()) use(part);
  `;
  it.each([
    [
      '{ call: "*.chat.completions.create" }',
      [
        'call this.client.chat.completions.create',
        'call openai.chat.completions.create',
        'call client.chat.completions.create',
      ],
    ],
    ['{ call: create }', ['call create']],
    ['{ call: "*.completions.create", class: Chat }', ['call this.client.chat.completions.create']],
    ['{ call: "*", async: true }', ['call openai.chat.completions.create', 'call openai.stream']],
    ['{ call: "openai.*" }', ['call openai.chat.completions.create', 'call openai.stream']],
  ])('%s', (match, names) => {
    expect([...matched(match, calls)].sort()).toEqual([...names].sort());
  });

  it('asks for calls only where a rule means some', () => {
    expect(rulesOf([ruleFor('{ function: f }')]).wantsCalls).toBe(false);
    expect(rulesOf([ruleFor('{ call: f }')]).wantsCalls).toBe(true);
    expect(rulesOf([ruleFor('{ function: f }'), '{ match: { call: f }, leave: true }']).wantsCalls).toBe(
      false,
    );
  });
});

describe('a match of tools', () => {
  const tools = `
    const weather = tool({ description: 'Weather', inputSchema, execute: async ({ city }) => city });
    server.registerTool('search', {}, async ({ query }) => query);
    export const find = createTool({ id: 'find-it', execute: async () => {} });
    const plain = { name: 'plain', parameters: {}, execute() {} };
    server.registerTool(nameOf(x), {}, async () => {});
  `;
  it.each([
    ['{ tool: "*" }', 5],
    ['{ tool: search }', 1],
    ['{ tool: "*e*" }', 2],
    ['{ toolBy: "*.registerTool" }', 2],
    ['{ toolBy: tool }', 1],
    ['{ tool: "*", toolBy: "{tool,createTool}" }', 2],
    ['{ tool: plain, toolBy: "*" }', 0],
  ])('%s', (match, count) => {
    expect(matched(match, tools)).toHaveLength(count);
  });

  it('gives the name of the tool where the code says it', () => {
    const rules = rulesOf([
      ruleFor('{ tool: "*" }', ', attributes: { tool: tool, agent: =shop, size: args.length }'),
    ]);
    const attributes = chosen(rules, read(tools)).map(([, insertion]) =>
      Object.fromEntries(insertion.attributes),
    );
    const rest = { agent: '=shop', size: 'args.length' };
    expect(attributes).toEqual([
      { tool: '=weather', ...rest },
      { tool: '=search', ...rest },
      { tool: '=find-it', ...rest },
      { tool: '=plain', ...rest },
      rest,
    ]);
  });
});

describe('what is left out', () => {
  it.each([
    ['{ function: help* }', ['searchWeb', 'parse']],
    ['{ async: true }', ['parse']],
    ['{ file: "src/**" }', []],
    ['{ file: "lib/**" }', ['searchWeb', 'helper', 'parse']],
    ['{ async: true, exported: true }', ['helper', 'parse']],
    ['[{ function: parse }, { function: helper }]', ['searchWeb']],
    ['{ call: searchWeb }', ['searchWeb', 'helper', 'parse']],
    ['{ implements: Tool }', ['searchWeb', 'helper', 'parse']],
  ])('not: %s', (not, names) => {
    const rules = rulesOf([ruleFor('{ function: "*" }', `, not: ${not}`)]);
    expect(chosen(rules, read(agents)).map(([name]) => name)).toEqual(names);
  });
});

describe('the rank of rules', () => {
  it('lets the first one win', () => {
    const rules = rulesOf([
      '{ match: { function: helper }, span: other }',
      ruleFor('{ function: "*" }'),
      '{ match: { function: parse }, span: other }',
    ]);
    const spans = chosen(rules, read(agents)).map(([name, { span, rule }]) => [name, span?.name, rule]);
    expect(spans).toEqual([
      ['searchWeb', 'work', 1],
      ['helper', 'other', 0],
      ['parse', 'work', 1],
    ]);
  });

  it('lets a rule keep the others away', () => {
    const rules = rulesOf(['{ match: { function: helper }, leave: true }', ruleFor('{ function: "*" }')]);
    expect(chosen(rules, read(agents)).map(([name]) => name)).toEqual(['searchWeb', 'parse']);
  });

  it('keeps them away from calls too where the rule says no more than where', () => {
    const text = 'function f() { client.create(); }';
    const others = [ruleFor('{ function: f }'), ruleFor('{ call: "*.create" }')];
    const left = rulesOf(['{ match: { file: "src/legacy/**" }, leave: true }', ...others]);
    expect(chosen(left, read(text, 'src/legacy/a.ts'))).toEqual([]);
    expect(chosen(left, read(text)).map(([name]) => name)).toEqual(['f', 'call client.create']);
    const functions = rulesOf(['{ match: { function: "*" }, leave: true }', ...others]);
    expect(chosen(functions, read(text)).map(([name]) => name)).toEqual(['call client.create']);
  });
});

describe('why a place was or was not matched', () => {
  it('names the key that decided, for each rule', () => {
    const rules = rulesOf([
      ruleFor('{ function: "ask*" }'),
      ruleFor('{ class: "*Agent", method: run, async: false }'),
      ruleFor('{ method: run, file: "lib/**" }'),
      ruleFor('{ method: run, implements: Task }'),
      '{ name: calls of models, match: { call: "*.create" }, span: work }',
      ruleFor('{ method: run }', ', not: { class: Research* }'),
      ruleFor('{ kind: [getter] }'),
      ruleFor('{ method: run }'),
      ruleFor('{ method: "r*" }'),
    ]);
    const { file, candidates } = read(agents);
    const run = candidates.find((each) => nameOf(each) === 'ResearchAgent.run');
    if (run === undefined) throw new Error('no run');
    expect(rules.explain(run, file).map(({ rule, because }) => `${rule} ${because}`)).toEqual([
      'instrument.rules[0] function: `run` is a member, which `method` means',
      'instrument.rules[1] async: it is asynchronous',
      'instrument.rules[2] file: `src/agent.ts` does not match `lib/**`',
      'instrument.rules[3] implements: none of `ns.Runnable`, `Runnable`, `Tool`, `Startable`, `Stoppable` matches `Task`',
      'calls of models call: it is no call',
      'instrument.rules[5] not: class fits',
      'instrument.rules[6] kind: a method is not one of getter',
      'instrument.rules[7] ',
      'instrument.rules[8] ',
    ]);
    expect(
      rules
        .explain(run, file)
        .map(({ fits }) => fits)
        .lastIndexOf(false),
    ).toBe(6);
    expect(rules.decide(run, file)?.rule).toBe(7);
  });
});
