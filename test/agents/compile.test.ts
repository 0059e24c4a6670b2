import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { compile, formats } from '../emit/typescript/compile.js';
import { modelOf } from '../support/model.js';
import { agentSpec, plainAgentSpec } from './spec.js';

const specs = {
  'all presets': agentSpec,
  'the preset agent alone': plainAgentSpec,
  'no span of a run': `${plainAgentSpec}spans: { agent.run: null }\n`,
  'cost without the preset':
    'version: 1\nservice: { name: only-cost }\ncost: { currency: EUR, prices: /etc/prices.json }\n',
};

function filesOf(spec: string): readonly { readonly path: string; readonly content: string }[] {
  return typescriptHelpers.files(modelOf(spec));
}

function ownErrors(errors: readonly string[]): string[] {
  return errors.filter((error) => !error.includes('node_modules/@opentelemetry/api/'));
}

/** What a service does with the helpers: the types of what it wraps come through. */
const program = `import { agents, cost } from './index.js';
class Client { readonly name = 'c'; #secret = 1; get secret(): number { return this.#secret; } }
export const client: Client = agents.wrapOpenAI(new Client());
export const search: (query: string, limit?: number) => Promise<string[]> = agents.wrapTool('search', (query: string, limit = 3) => Promise.resolve([query, String(limit)]));
export const answer: Promise<number> = agents.run({ agent: 'planner' }, async (run) => {
  run.step();
  run.outcome('max_steps');
  return run.cost + cost.of('m', run.usage).amount;
}, { budget: { usd: 1 } });
// @ts-expect-error -- no outcome of a run
agents.run({ agent: 'planner' }, (run) => { run.outcome('nope'); });
export const tools: { search: (query: string) => string } = agents.wrapTools({ search: (query: string) => query });
export const signal: { readonly aborted: boolean } = cost.budget({ tokens: 10 }).signal;
`;

describe.each(Object.entries(specs))('the helpers of a spec with %s', (name, spec) => {
  test.each(name === 'all presets' ? Object.keys(formats) : ['ESM in Node'])(
    'compile as %s under every strict flag',
    (format) => {
      const files = filesOf(spec);
      const all = name === 'all presets' ? [...files, { path: 'program.ts', content: program }] : files;
      expect(ownErrors(compile(all, formats[format] as (typeof formats)[string]))).toEqual([]);
    },
  );

  test('are formatted as prettier does', async () => {
    const options = await prettier.resolveConfig(new URL('../../generated/index.ts', import.meta.url));
    const files = filesOf(spec).filter(({ path }) => /^(agents|cost)\.ts$/.test(path));
    expect(files.length).toBeGreaterThan(0);
    for (const { content, path } of files)
      expect(await prettier.format(content, { ...options, filepath: path }), path).toBe(content);
  });
});

test('nothing of the rooms is vendored where the spec does not ask for them', () => {
  const paths = filesOf('version: 1\nservice: { name: small }\n').map(({ path }) => path);
  expect(paths.filter((path) => /runtime\/(cost|agents)\//.test(path))).toEqual([]);
});
