import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RuleData } from '../../src/instrument/rules/rule-set.js';
import { planTree } from '../../src/instrument/tree/plan-tree.js';
import type { TreeOptions, TreePlan } from '../../src/instrument/tree/tree-plan.js';

const rulesFor = (pattern: string): RuleData => ({
  rules: [pattern, 'nowhere*'].map((name, rule) => ({
    label: `instrument.rules[${rule}]`,
    match: { function: name },
    not: [],
    insertion: {
      rule,
      span: { name: 'agent.run', member: 'agentRun' },
      attributes: [],
      style: 'wrap',
    },
  })),
});

const files: Readonly<Record<string, string>> = {
  'package.json': '{"type":"module"}',
  'src/a.ts': 'export async function runAgent() { return 1; }\n',
  'src/b.ts': 'export function other() { return () => 2; }\n',
  'src/broken.ts': 'function runBroken( {\n',
  'src/c.ts': "'use client';\nexport function runC() {}\n",
};

interface Tree {
  readonly root: string;
  readonly cache: string;
  readonly write: (path: string, text: string) => void;
  readonly plan: (options?: Partial<TreeOptions>) => Promise<TreePlan>;
}

/** A tree whose files were last touched an hour ago, so that a cache may trust their times. */
function treeOf(content: Readonly<Record<string, string>> = files): Tree {
  const root = mkdtempSync(join(tmpdir(), 'obs-gen-tree-'));
  const cache = mkdtempSync(join(tmpdir(), 'obs-gen-tree-cache-'));
  onTestFinished(() => {
    for (const folder of [root, cache]) rmSync(folder, { recursive: true, force: true });
  });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000));
  };
  for (const [path, text] of Object.entries(content)) write(path, text);
  return {
    root,
    cache,
    write,
    plan: (options) =>
      planTree({
        root,
        rules: rulesFor('run*'),
        outDir: join(root, 'generated'),
        task: 'instrument',
        cache,
        ...options,
      }),
  };
}

const withoutCached = (plan: TreePlan): object => ({ ...plan, totals: { ...plan.totals, cached: 0 } });
const cacheFiles = (folder: string): readonly string[] =>
  readdirSync(folder).map((name) => join(folder, name));

describe('the plan of a tree', () => {
  it('holds what has something to do or to say, and counts the rest', async () => {
    const { plan } = treeOf();
    const seen: string[] = [];
    const {
      files: plans,
      notes,
      totals,
      matched,
    } = await plan({
      onProgress: (done, total, path) => seen.push(`${done}/${total} ${path}`),
    });
    expect(plans.map(({ path, placed, skipped }) => [path, placed.length, skipped.length])).toEqual([
      ['src/a.ts', 1, 0],
      ['src/c.ts', 0, 1],
    ]);
    expect(plans[0]?.after).toContain('traceFunction(spans.agentRun');
    expect(notes.map(({ code, path }) => [code, path])).toEqual([['OBS5053', 'src/broken.ts']]);
    expect(totals).toEqual({ seen: 4, prefiltered: 1, parsed: 3, cached: 0, functions: 2 });
    expect(matched).toEqual([2, 0]);
    expect(seen.toSorted()).toHaveLength(4);
    expect(new Set(seen.map((each) => each.split(' ')[1])).size).toBe(4);
  });

  it('OBS5050: goes on where a file that was listed has gone meanwhile', async () => {
    const { root, plan } = treeOf();
    const { notes, totals } = await plan({
      onProgress: () => {
        rmSync(join(root, 'src/c.ts'), { force: true });
      },
    });
    expect(notes.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'OBS5053 src/broken.ts',
      'OBS5050 src/c.ts',
    ]);
    expect(totals.seen).toBe(4);
  });

  it('goes on after a fault of ours, with a note that names the file', async () => {
    const { plan } = treeOf();
    const { notes } = await plan({
      plan: ({ path, bytes }) => {
        if (path === 'src/a.ts') throw new Error('what nobody thought of');
        const text = bytes.toString();
        return { path, before: text, after: text, placed: [], skipped: [], functions: 0 };
      },
    });
    expect(notes).toMatchObject([
      {
        code: 'OBS5058',
        path: 'src/a.ts',
        message: 'its edits could not be planned: what nobody thought of',
      },
    ]);
  });

  it('can be taken back', async () => {
    const { plan, write } = treeOf();
    const [{ before, after } = { before: '', after: '' }] = (await plan()).files;
    write('src/a.ts', after);
    const again = await plan();
    expect(again.files[0]).toMatchObject({ before: after, after, placed: [{ isKept: true }] });
    const { files: removed } = await plan({ task: 'remove' });
    expect(removed).toMatchObject([{ path: 'src/a.ts', before: after, after: before }]);
    // Also where the rules no longer know of it.
    expect((await plan({ rules: rulesFor('nothing*') })).files).toMatchObject([
      { path: 'src/a.ts', after: before },
    ]);
  });

  it('ends where it is aborted', async () => {
    const { plan } = treeOf(
      Object.fromEntries(
        Array.from({ length: 400 }, (_, index) => [`f${index}.ts`, 'function runIt() {}\n'.repeat(40)]),
      ),
    );
    const controller = new AbortController();
    const planned = plan({
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 1) controller.abort(new Error('enough'));
      },
    });
    await expect(planned).rejects.toThrow('enough');
  });
});

describe('the cache', () => {
  it('knows every file of a second run, and changes nothing', async () => {
    const { plan } = treeOf();
    const first = await plan();
    const none = await plan({ cache: false });
    // The change of the folder's own times is part of the first run.
    for (let run = 0; run < 3; run += 1) {
      const again = await plan();
      expect(again.totals.cached).toBe(4);
      expect(withoutCached(again)).toEqual(withoutCached(first));
    }
    expect(withoutCached(none)).toEqual(withoutCached(first));
  });

  it('sees a change that leaves size and time as they were', async () => {
    const { plan, write } = treeOf();
    await plan();
    await plan();
    write('src/a.ts', (files['src/a.ts'] ?? '').replace('runAgent', 'runOther'));
    const { files: plans, totals } = await plan();
    expect(totals.cached).toBe(3);
    expect(plans[0]?.placed[0]?.place).toBe('runOther');
  });

  it.each([
    ['rules', (tree: Tree) => tree.plan({ rules: rulesFor('run?gent') }), 1],
    ['the output folder', (tree: Tree) => tree.plan({ outDir: join(tree.root, 'elsewhere') }), 2],
    ['the task', (tree: Tree) => tree.plan({ task: 'remove' }), 0],
    [
      'the configuration around',
      (tree: Tree) => {
        tree.write('tsconfig.json', '{"extends": "./base.json"}');
        return tree.plan();
      },
      2,
    ],
  ])('is not asked where %s changed', async (_, change, count) => {
    const tree = treeOf();
    await tree.plan();
    const changed = await change(tree);
    expect(changed.totals.cached).toBe(0);
    expect(changed.files).toHaveLength(count);
  });

  it('sees a change of what a configuration extends', async () => {
    const tree = treeOf({ ...files, 'tsconfig.json': '{ "extends": ["./base.json"] }', 'base.json': '{}' });
    await tree.plan();
    expect((await tree.plan()).totals.cached).toBe(4);
    tree.write('base.json', '{ "compilerOptions": { "module": "commonjs" } }');
    expect((await tree.plan()).totals.cached).toBe(0);
  });

  it('that was damaged is none', async () => {
    const { plan, cache } = treeOf();
    const first = await plan();
    const [path = ''] = cacheFiles(cache);
    const whole = readFileSync(path);
    for (const at of [0, 20, 50, 60, whole.length >> 1, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      const again = await plan();
      expect(again.totals.cached).toBe(0);
      expect(withoutCached(again)).toEqual(withoutCached(first));
    }
    for (const length of [0, 10, 49, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      expect((await plan()).totals.cached).toBe(0);
    }
    expect((await plan()).totals.cached).toBe(4);
  });

  it('keeps what a narrower run did not look at, and forgets what is gone', async () => {
    const { plan, root, write } = treeOf();
    await plan();
    write('src/a.ts', 'export const runOther = () => 1;\n');
    await plan({ paths: ['src/a.ts'] });
    expect((await plan()).totals.cached).toBe(4);
    rmSync(join(root, 'src/b.ts'));
    write('src/a.ts', 'export const runThird = () => 1;\n');
    expect((await plan()).totals).toMatchObject({ seen: 3, cached: 2 });
  });

  it('does not grow without end, and does without a folder that it may not write', async () => {
    const { plan, cache, root } = treeOf();
    for (let run = 0; run < 12; run += 1) await plan({ rules: rulesFor(`run${run}*`) });
    expect(cacheFiles(cache)).toHaveLength(8);
    writeFileSync(join(root, 'file'), '');
    expect((await plan({ cache: join(root, 'file', 'cache') })).files).toHaveLength(2);
  });

  it('stands in node_modules, where there is one', async () => {
    const { plan, root } = treeOf();
    mkdirSync(join(root, '.git'));
    await plan({ cache: undefined });
    expect(readdirSync(root)).not.toContain('node_modules');
    mkdirSync(join(root, 'node_modules'));
    await plan({ cache: undefined });
    expect(readdirSync(join(root, 'node_modules', '.cache', 'obs-gen'))).toHaveLength(1);
  });
});
