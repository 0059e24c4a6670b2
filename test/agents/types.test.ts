import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { describeWithPeers } from './peers.js';

/** Appears to lie where the packages are; nothing is written. */
const path = join(fileURLToPath(new URL('../peers/models', import.meta.url)), 'program.ts');

/** What a service does: what it wraps stays of its type, and a budget's signal is one that the clients take. */
const program = `import Anthropic from '@anthropic-ai/sdk';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { generateText, tool, wrapLanguageModel } from 'ai';
import OpenAI from 'openai';
import { createAgents } from '../../../src/runtime/agents/index.js';
import { createCost } from '../../../src/runtime/cost/index.js';
const agents = createAgents<{ readonly agent: string }, never>({ agent: 'a', spans: {}, metrics: {} });
const openai: OpenAI = agents.wrapOpenAI(new OpenAI());
const anthropic: Anthropic = agents.wrapAnthropic(new Anthropic());
const mcp: Client = agents.wrapMcpClient(new Client({ name: 'x', version: '1' }));
const base = agents.wrapLanguageModel(createOpenAICompatible({ name: 'n', baseURL: 'u' }).chatModel('m'));
const model = wrapLanguageModel({ model: base, middleware: agents.languageModelMiddleware() });
const tools = agents.wrapTools({ one: tool({ inputSchema: {} as never, execute: async () => 1 }) });
const { signal } = createCost({ currency: 'USD', metrics: {} }).budget({ usd: 1 });
export async function main(): Promise<unknown> {
  const answer = await openai.chat.completions.create({ model: 'm', messages: [] }, { signal });
  const text = await generateText({ model, prompt: 'q', abortSignal: signal, tools });
  const message = await anthropic.messages.create({ model: 'm', max_tokens: 1, messages: [] }, { signal });
  await mcp.callTool({ name: 'x' });
  // @ts-expect-error -- the answers of the client have no such field
  return [answer.choices, text.text, message.content, answer.nothing];
}
`;

describeWithPeers('what is wrapped', () => {
  test('keeps the types of the real packages', () => {
    const options: ts.CompilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, noEmit: true },
      ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
      ...{ target: ts.ScriptTarget.ES2022, types: ['node'], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] },
      typeRoots: [fileURLToPath(new URL('../../node_modules/@types', import.meta.url))],
    };
    const host = ts.createCompilerHost(options);
    const real = { ...host };
    host.fileExists = (name) => name === path || real.fileExists(name);
    host.readFile = (name) => (name === path ? program : real.readFile(name));
    host.getSourceFile = (name, ...rest) =>
      name === path
        ? ts.createSourceFile(name, program, ts.ScriptTarget.ES2022)
        : real.getSourceFile(name, ...rest);
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([path], options, host));
    const errors = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(errors).toEqual([]);
  });
});
