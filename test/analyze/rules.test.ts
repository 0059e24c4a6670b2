import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { analyse } from '../../src/analyse.js';
import { printYaml } from '../../src/encode/yaml.js';
import { printProposal } from '../../src/inspect/analyze/rules/print.js';
import { proposalOf } from '../../src/inspect/analyze/rules/propose.js';
import { callPattern } from '../../src/inspect/analyze/rules/groups.js';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { parseFile } from '../../src/instrument/find/parse-file.js';
import { compileRules } from '../../src/instrument/rules/compile.js';
import { ruleSetOf } from '../../src/instrument/rules/rule-set-of.js';
import type { Model } from '../../src/model/model.js';
import { analysed } from './support.js';

const tree = {
  'src/model.ts': `export class Asker {
    async ask() { return this.client.chat.completions.create({ model: 'm' }); }
  }`,
  'src/[id]/store.ts': `import { Pool } from 'pg';
    const pool = new Pool();
    export class UserStore {
      async load() { return pool.query('a'); }
      async #save() { return pool.query('b'); }
      get all() { return pool.query('c'); }
    }`,
  'src/tools.ts': `export const search = tool({ name: 'web search', parameters: {}, execute: async () => fetch('u') });
    export const clock = tool({ name: 'clock', parameters: {}, execute: async () => 1 });`,
  'src/fetch.ts': `export const download = async () => fetch('u');
    export async function upload() { await fetch('u'); }
    export const handlers = { async onMessage() { await fetch('u'); } };`,
};

const base = {
  version: 1,
  service: { name: 'my-agent', owner: 'my-team' },
  instrument: { include: ['src/**/*.ts'] },
};

function specOf(spec: object): { readonly model: Model | undefined; readonly findings: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-analyze-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'observability.yaml');
  writeFileSync(path, printYaml(spec));
  const { model, diagnostics } = analyse(path, '2026-01-01');
  return { model, findings: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

interface Fragment {
  readonly spans?: Readonly<Record<string, object>>;
  readonly instrument: { readonly rules: readonly { readonly name: string; readonly span: string }[] };
}

/** The places that the rules of a spec mean in the tree, as `function: span`. */
function meant(model: Model): readonly string[] {
  const rules = ruleSetOf(compileRules(model).value ?? { rules: [] });
  return Object.entries(tree).flatMap(([path, text]) => {
    const file = parseFile(path, text);
    return candidatesOf(file, true).flatMap((each) => {
      const insertion = rules.decide(each, file);
      return insertion === undefined ? [] : [`${each.name ?? ''}: ${insertion.span?.name ?? ''}`];
    });
  });
}

describe('proposed rules', () => {
  it('are valid in a spec without warnings, and mean the functions', () => {
    const proposal = proposalOf(analysed(tree, 10), specOf(base).model, 20);
    const text = printProposal(proposal);
    const fragment = parse(text) as Fragment;
    const { model, findings } = specOf({
      ...base,
      spans: fragment.spans,
      instrument: { ...base.instrument, ...fragment.instrument },
    });
    expect(
      findings.filter(
        (each) => each.startsWith('OBS5') || each.startsWith('OBS2') || each.startsWith('OBS1'),
      ),
    ).toEqual([]);
    expect(model === undefined ? [] : [...meant(model)].sort()).toEqual(
      [
        '#save: user_store.query',
        'download: fetch.request',
        'execute: tools.execute',
        'execute: tool.call',
        'load: user_store.query',
        'onMessage: fetch.on_message',
        'this.client.chat.completions.create: model.call',
        'upload: fetch.request',
      ].filter((each) => each !== 'execute: tools.execute'),
    );
    expect(text).toContain('# UserStore.load (src/[id]/store.ts:4), score ');
    expect(text).toContain('# - UserStore.all (src/[id]/store.ts:6): a getter has to be named by hand');
    expect(text).toContain('web search');
  });

  it('open spans of the spec by what they are for', () => {
    const { model } = specOf({
      ...base,
      spans: {
        'llm.ask': { kind: 'client', convention: 'gen_ai.chat' },
        'users.store': { kind: 'client', description: 'Users.' },
        'other.thing': { kind: 'internal', description: 'Else.' },
      },
    });
    const { rules, spans } = proposalOf(analysed(tree, 10), model, 20);
    const spanOf = (key: string): string | undefined =>
      rules.find(({ match }) => JSON.stringify(match).includes(key))?.span;
    expect(spanOf('chat.completions')).toBe('llm.ask');
    expect(spanOf('UserStore')).toBe('users.store');
    expect(spans.map(({ name }) => name)).not.toContain('model.call');
    expect(spans.map(({ name }) => name)).toContain('tool.call');
  });

  it.each([
    ['this.client.chat.completions.create', '*.chat.completions.create'],
    ['options.client.chat.completions.create', '*.chat.completions.create'],
    ['openai.responses.create', '*.responses.create'],
    ['generateText', 'generateText'],
    ['this.model.invoke', '*.invoke'],
  ])('write the call %s as %s', (callee, pattern) => {
    expect(callPattern(callee)).toBe(pattern);
  });

  it('are none where all is observed', () => {
    expect(
      printProposal(proposalOf(analysed({ 'a.ts': 'export const a = () => 1;' }, 10), undefined, 5)),
    ).toBe('');
  });
});
