import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/instrument/rules/compile.js';
import { instrumentPresets, instrumentPresetText } from '../../../src/instrument/rules/preset-texts.js';
import { presetRules } from '../../../src/instrument/rules/presets.js';
import { actionOf, compiledRules } from '../../../src/instrument/rules/rule-data.js';
import { ruleSetOf } from '../../../src/instrument/rules/rule-set-of.js';
import type { RuleSet } from '../../../src/instrument/rules/rule-set.js';
import { languageSchema } from '../../../src/spec/schema/schema.js';
import { diagnosticsOf, modelOf } from '../../support/model.js';
import { chosen, read, ruleFor, rulesOf } from './support.js';

function specWith(presets: readonly string[], rest = ''): string {
  return `version: 1\nservice: { name: shop }\npresets: [agent]\n${rest}instrument: { presets: [${presets.join(', ')}] }\n`;
}

function setOf(yaml: string): RuleSet {
  const { value } = compileRules(modelOf(yaml));
  if (value === undefined) throw new Error('no rules');
  return ruleSetOf(value);
}

describe('rules as data', () => {
  it('hold the helpers of the spec by their members', () => {
    const rules = rulesOf([
      `{ match: { method: run }, span: work, attributes: { agent: this.name, size: args.0.size },
         count: { metric: calls_total, labels: { agent: this.name } }, time: { metric: call_duration_seconds },
         log: { event: done, fields: { agent: this.name } } }`,
    ]);
    expect(rules.data.rules[0]?.insertion).toEqual({
      rule: 0,
      style: 'wrap',
      span: { name: 'work', member: 'work' },
      attributes: [
        ['agent', 'this.name'],
        ['size', 'args.0.size'],
      ],
      count: { metric: { name: 'calls_total', member: 'callsTotal' }, labels: [['agent', 'this.name']] },
      time: { metric: { name: 'call_duration_seconds', member: 'callDurationSeconds' }, labels: [] },
      log: { event: { name: 'done', member: 'done' }, fields: [['agent', 'this.name']] },
    });
  });

  it('are the same after a journey as JSON', () => {
    const { data } = rulesOf([
      ruleFor(
        '{ class: "*Agent", method: run }',
        ', attributes: { tool: tool, agent: name }, not: [{ async: true }]',
      ),
      '{ match: { call: "*.on" }, context: true }',
      '{ match: { file: lib }, leave: true }',
    ]);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    const text = 'class MyAgent { run() { bus.on(); } async ask() {} }';
    const copied = ruleSetOf(JSON.parse(JSON.stringify(data)) as typeof data);
    expect(chosen(copied, read(text))).toEqual(chosen(ruleSetOf(data), read(text)));
  });

  it('take the style of the section and the names of the rules', () => {
    const { data } = rulesOf(
      ['{ match: { method: run }, span: work, name: runs }', ruleFor('{ method: ask }')],
      '  style: decorator\n',
    );
    expect(data.rules.map(({ label, insertion }) => [label, insertion.style])).toEqual([
      ['runs', 'decorator'],
      ['instrument.rules[1]', 'decorator'],
    ]);
  });

  it('keep numbers that are written down for a text as texts', () => {
    const { data } = rulesOf([
      ruleFor('{ method: run }', ', attributes: { agent: =7, tool: =true, size: =7 }'),
    ]);
    expect(data.rules[0]?.insertion.attributes).toEqual([
      ['agent', '="7"'],
      ['tool', '="true"'],
      ['size', '=7'],
    ]);
  });

  it('say what they do instead of recording a call', () => {
    const rules = rulesOf([
      '{ match: { file: "src/**" }, console: true }',
      '{ match: { call: "console.error", file: "lib/**" }, console: true }',
      '{ match: { call: "*.process" }, context: true }',
      '{ match: { method: run }, leave: true }',
      ruleFor('{ method: "*" }'),
    ]);
    expect([0, 1, 2, 3, 4].map((rule) => actionOf(rules.data, rule))).toEqual([
      'console',
      'console',
      'context',
      'leave',
      undefined,
    ]);
    const text = 'console.log(1); console.table([]); queue.process(2); console.error(3);';
    const found = (path: string) =>
      chosen(rules, read(text, path)).map(([name, { rule, action }]) => [name, rule, action]);
    expect(found('src/a.ts')).toEqual([
      ['call console.log', 0, 'console'],
      ['call queue.process', 2, 'context'],
      ['call console.error', 0, 'console'],
    ]);
    expect(found('lib/a.ts')).toEqual([
      ['call queue.process', 2, 'context'],
      ['call console.error', 1, 'console'],
    ]);
  });
});

describe.each(instrumentPresets)('the preset of rules %s', (name) => {
  it('says in its first line what it is for', () => {
    expect(instrumentPresetText(name)).toMatch(/^# [A-Z].{20,140}\.\n/);
  });

  it('has no finding as a part of a spec, except for what the values of the model are', () => {
    const body = instrumentPresetText(name);
    const yaml = `version: 1\nservice: { name: shop }\npresets: [agent]\n${body}`;
    expect(diagnosticsOf(yaml).map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  it('is compiled whole where the spec has the preset agent', () => {
    const yaml = specWith([name]);
    expect(diagnosticsOf(yaml)).toEqual([]);
    const { data } = setOf(yaml);
    const rules = presetRules(name);
    expect(data.rules.map(({ label }) => label)).toEqual(
      rules.map((rule) => `preset ${name}: ${rule.name ?? ''}`),
    );
    const attributes = data.rules.map(({ insertion }) => insertion.attributes.map(([key]) => key));
    expect(attributes).toEqual(rules.map((rule) => Object.keys(rule.attributes ?? {})));
  });
});

describe('presets of rules', () => {
  it('are those of the schema', () => {
    const items = languageSchema().$defs?.['instrument']?.properties?.['presets']?.items;
    expect(items?.enum).toEqual([...instrumentPresets]);
  });

  it('stand behind the rules of the spec', () => {
    const yaml = `version: 1
service: { name: shop }
presets: [agent]
spans: { chat: { kind: client } }
instrument:
  presets: [mcp, openai]
  rules: [{ match: { call: '*.chat.completions.create', file: 'src/**' }, span: chat }]
`;
    const { data } = setOf(yaml);
    expect(data.rules[0]?.label).toBe('instrument.rules[0]');
    expect(data.rules[1]?.label).toMatch(/^preset mcp:/);
    expect(data.rules.at(-1)?.label).toMatch(/^preset openai:/);
  });

  it('set what the own span of their name has, and are left out without a span', () => {
    const yaml = `version: 1
service: { name: shop }
spans: { agent.model_call: { kind: client, attributes: { model: {} } } }
instrument: { presets: [openai, mastra] }
`;
    const { data } = setOf(yaml);
    expect(compiledRules(data).every(({ label }) => label.startsWith('preset openai'))).toBe(true);
    expect(new Set(data.rules.map(({ insertion }) => JSON.stringify(insertion.attributes)))).toEqual(
      new Set(['[["model","args.0.model"]]']),
    );
  });

  it.each([
    ['openai', 'await this.client.chat.completions.create({ model })', ['=chat', 'args.0.model']],
    ['openai', 'await openai.responses.create({ model })', ['=chat', 'args.0.model']],
    [
      'openai',
      "import OpenAI from 'openai'; await client.embeddings.create({ model })",
      ['=embeddings', 'args.0.model'],
    ],
    [
      'openai',
      "import OpenAI from 'openai'; await client.completions.create({ model })",
      ['=text_completion', 'args.0.model'],
    ],
    ['openai', 'await prisma.responses.create({ data })', undefined],
    ['openai', 'client.chat.completions.stream({ model })', undefined],
    [
      'anthropic',
      "import Anthropic from '@anthropic-ai/sdk'; await client.messages.create({ model })",
      ['=chat', 'args.0.model'],
    ],
    [
      'anthropic',
      "import { AnthropicVertex } from '@anthropic-ai/vertex-sdk'; await client.beta.messages.create({ model })",
      ['=chat', 'args.0.model'],
    ],
    ['anthropic', 'await this.anthropic.messages.create({ model })', ['=chat', 'args.0.model']],
    ['anthropic', "import twilio from 'twilio'; await client.messages.create({ body })", undefined],
    [
      'vercel-ai',
      "import { generateText } from 'ai'; await generateText({ model })",
      ['=chat', 'args.0.model.modelId'],
    ],
    ['vercel-ai', "import { generateText } from './mine'; await generateText({ model })", undefined],
    ['vercel-ai', "import { streamText } from 'ai'; streamText({ model })", undefined],
    [
      'langchain',
      "import { ChatOpenAI } from '@langchain/openai'; await model.invoke(messages)",
      ['=chat', 'this.model'],
    ],
    ['langchain', "import { ChatOpenAI } from '@langchain/openai'; await chain.invoke(messages)", undefined],
  ] as const)('%s: %s', (preset, text, expected) => {
    const rules = setOf(specWith([preset]));
    const found = chosen(rules, read(text)).map(([, { attributes }]) => {
      const values = Object.fromEntries(attributes);
      return [values['operation'], values['model']];
    });
    expect(found).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each([
    [
      'vercel-ai',
      "import { tool } from 'ai'; export const weather = tool({ execute: async ({ city }) => city });",
      '=weather',
    ],
    [
      'vercel-ai',
      "import { generateText } from 'ai'; const tools = { weather: { description: '', inputSchema, execute: async () => {} } };",
      '=weather',
    ],
    [
      'mcp',
      "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'; server.registerTool('add', {}, async () => {});",
      '=add',
    ],
    [
      'mcp',
      "import { Server } from '@modelcontextprotocol/sdk/server/index.js'; server.setRequestHandler(CallToolRequestSchema, async (request) => {});",
      'args.0.params.name',
    ],
    [
      'mcp',
      "import { Client } from '@modelcontextprotocol/sdk/client/index.js'; await client.callTool({ name: 'add' });",
      'args.0.name',
    ],
    [
      'langchain',
      "import { tool } from '@langchain/core/tools'; const add = tool(async () => {}, { name: 'adder' });",
      '=adder',
    ],
    [
      'langchain',
      "import { StructuredTool } from '@langchain/core/tools'; class Add extends StructuredTool { name = 'add'; async _call() {} }",
      'this.name',
    ],
    [
      'mastra',
      "import { createTool } from '@mastra/core/tools'; export const add = createTool({ id: 'adder', execute: async () => {} });",
      '=adder',
    ],
  ] as const)('%s: %s', (preset, text, tool) => {
    const found = chosen(setOf(specWith([preset])), read(text));
    expect(
      found.map(([, { span, attributes }]) => [span?.name, Object.fromEntries(attributes)['tool']]),
    ).toEqual([['agent.tool_call', tool]]);
  });

  it.each([
    [
      'langchain',
      "import { createAgent } from '@langchain/langgraph'; await researchAgent.invoke({ messages });",
    ],
    [
      'mastra',
      "import { mastra } from './mastra'; const answer = await mastra.getAgent('weather').generate('hi');",
    ],
    ['mastra', "import { Agent } from '@mastra/core/agent'; await weatherAgent.generate('hi');"],
  ] as const)('%s: %s is a run', (preset, text) => {
    const found = chosen(setOf(specWith([preset])), read(text));
    expect(found.map(([, { span }]) => span?.name)).toEqual(['agent.run']);
  });
});
