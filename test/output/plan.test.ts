import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OutputFile } from '../../src/emit/emitter.js';
import { applyPlan, type WriteReport } from '../../src/output/apply.js';
import { isCurrent, staleFiles } from '../../src/output/check.js';
import { planOutput, type PlanOptions, type WritePlan } from '../../src/output/plan.js';
import { readTree } from '../support/directory.js';
import { fingerprint, scratchFolder } from './support/scratch.js';

const scratch = scratchFolder('plan');
let out = '';
let count = 0;
beforeEach(() => {
  count += 1;
  out = join(scratch, `out-${count}`);
});

function files(contents: Readonly<Record<string, string>>): OutputFile[] {
  return Object.entries(contents).map(([path, content]) => ({ path, content }));
}

const first = files({
  'index.ts': 'one\n',
  'docs/a.md': 'a\n',
  'docs/runbooks/b.md': 'b\n',
  'rules/c.yaml': 'c\n',
});

function plan(wanted: readonly OutputFile[], options?: PlanOptions): WritePlan {
  const { value, diagnostics } = planOutput(wanted, out, options);
  if (value === undefined) throw new Error(diagnostics.map((each) => each.message).join('\n'));
  return value;
}

function actions(wanted: readonly OutputFile[], options?: PlanOptions): Record<string, string> {
  return Object.fromEntries(plan(wanted, options).entries.map((entry) => [entry.path, entry.action]));
}

function codes(wanted: readonly OutputFile[], options?: PlanOptions): string[] {
  return planOutput(wanted, out, options).diagnostics.map((each) => each.code);
}

async function build(wanted: readonly OutputFile[], options?: PlanOptions): Promise<WriteReport> {
  const { value, diagnostics } = await applyPlan(plan(wanted, options));
  if (value === undefined) throw new Error(diagnostics.map((each) => each.message).join('\n'));
  return value;
}

/** What a build in an empty directory leaves. */
async function clean(wanted: readonly OutputFile[]): Promise<Map<string, string>> {
  const kept = out;
  out = join(scratch, `clean-${count}`);
  rmSync(out, { recursive: true, force: true });
  await build(wanted);
  const tree = readTree(out);
  out = kept;
  return tree;
}

function put(path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

describe('a build', () => {
  it('creates all files in an empty place, and nothing but them and the manifest', async () => {
    expect(actions(first)).toEqual({
      '.obs-gen.json': 'create',
      'docs/a.md': 'create',
      'docs/runbooks/b.md': 'create',
      'index.ts': 'create',
      'rules/c.yaml': 'create',
    });
    expect(existsSync(out)).toBe(false);
    const { written, removed, unchanged } = await build(first);
    expect(written).toHaveLength(5);
    expect([removed, unchanged]).toEqual([[], 0]);
    const tree = readTree(out);
    expect([...tree.keys()]).toEqual(['.obs-gen.json', ...first.map((file) => file.path).sort()]);
    for (const file of first) expect(tree.get(file.path)).toBe(file.content);
  });

  it('writes nothing at all the second time', async () => {
    await build(first);
    const before = fingerprint(out);
    const again = plan([...first].reverse());
    expect(isCurrent(again)).toBe(true);
    expect(await applyPlan(again)).toEqual({
      value: { written: [], removed: [], unchanged: 5 },
      diagnostics: [],
    });
    expect(fingerprint(out)).toEqual(before);
  });

  it('updates, removes and leaves alone, file by file', async () => {
    await build(first);
    const before = fingerprint(out);
    const second = files({ 'index.ts': 'two\n', 'docs/a.md': 'a\n', 'new/d.md': 'd\n' });
    expect(actions(second)).toEqual({
      '.obs-gen.json': 'update',
      'docs/a.md': 'same',
      'docs/runbooks/b.md': 'remove',
      'index.ts': 'update',
      'new/d.md': 'create',
      'rules/c.yaml': 'remove',
    });
    const report = await build(second);
    expect(report).toEqual({
      written: ['.obs-gen.json', 'index.ts', 'new/d.md'],
      removed: ['docs/runbooks/b.md', 'rules/c.yaml'],
      unchanged: 1,
    });
    expect(readTree(out)).toEqual(await clean(second));
    // Emptied folders go, however deep; the untouched file is the same inode with the same time.
    expect(readdirSync(out).sort()).toEqual(['.obs-gen.json', 'docs', 'index.ts', 'new']);
    expect(readdirSync(join(out, 'docs'))).toEqual(['a.md']);
    expect(fingerprint(out).get('docs/a.md')).toBe(before.get('docs/a.md'));
  });

  it('does not remove a folder in which something else lies', async () => {
    await build(first);
    put('rules/mine.yaml', 'mine\n');
    await build(first.filter((file) => !file.path.startsWith('rules/')));
    expect(readdirSync(join(out, 'rules'))).toEqual(['mine.yaml']);
  });

  it('takes everything away, the manifest too, where nothing is generated any more', async () => {
    await build(first);
    const report = await build([]);
    expect(report.removed).toHaveLength(5);
    expect(readdirSync(out)).toEqual([]);
    expect(plan([]).entries).toEqual([]);
  });

  it('writes nothing where there is nothing to say', async () => {
    await build([]);
    expect(existsSync(out)).toBe(false);
  });

  it('keeps the permissions of a file that it replaces', async () => {
    await build(first);
    chmodSync(join(out, 'index.ts'), 0o640);
    await build(files({ 'index.ts': 'two\n' }));
    expect(statSync(join(out, 'index.ts')).mode & 0o777).toBe(0o640);
  });

  it('follows a link to the output directory itself', async () => {
    const real = join(scratch, `real-${count}`);
    mkdirSync(real);
    symlinkSync(real, out);
    await build(first);
    expect(readTree(real).get('index.ts')).toBe('one\n');
  });

  it('knows names that JavaScript objects have already', async () => {
    const odd = [
      ...files({ constructor: 'x\n', 'docs/toString': 'y\n' }),
      { path: '__proto__', content: 'z\n' },
    ];
    await build(odd);
    expect(readTree(out).get('__proto__')).toBe('z\n');
    expect(isCurrent(plan(odd))).toBe(true);
    await build(first);
    expect(readTree(out)).toEqual(await clean(first));
  });
});

describe('a file that was edited by hand', () => {
  it.each(first.map((file) => file.path))('stops the whole build: %s', async (path) => {
    await build(first);
    put(path, 'edited\n');
    const before = fingerprint(out);
    const changed = first.map((file) => ({ path: file.path, content: `${file.content}more\n` }));
    const { value, diagnostics } = planOutput(changed, out);
    expect(diagnostics.map((each) => [each.code, each.severity])).toEqual([['OBS4101', 'error']]);
    expect(diagnostics[0]?.message).toContain(`${out}/${path}`);
    expect(diagnostics[0]?.help).toContain(`--force ${out}/${path}`);
    expect(value?.entries.find((entry) => entry.path === path)?.action).toBe('conflict');
    // Even where nobody heeds the diagnostics of the plan.
    if (value === undefined) throw new Error('no plan');
    const applied = await applyPlan(value);
    expect(applied.value).toBeUndefined();
    expect(applied.diagnostics.map((each) => each.code)).toEqual(['OBS4101']);
    expect(fingerprint(out)).toEqual(before);
  });

  it('is given up where it is forced, and only it', async () => {
    await build(first);
    put('index.ts', 'edited\n');
    put('docs/a.md', 'edited too\n');
    const second = files({ 'index.ts': 'two\n', 'docs/a.md': 'two\n' });
    expect(codes(second, { force: ['index.ts'] })).toEqual(['OBS4101']);
    expect(actions(second, { force: ['index.ts'] })).toMatchObject({
      'index.ts': 'update',
      'docs/a.md': 'conflict',
    });
    // As the message shows it, and from the output directory.
    await build(second, { force: ['index.ts', join(out, 'docs/a.md')] });
    expect(readTree(out)).toEqual(await clean(second));
  });

  it('is nothing to complain of where it says what would be written', async () => {
    await build(first);
    put('index.ts', 'two\n');
    const second = first.map((file) =>
      file.path === 'index.ts' ? { path: 'index.ts', content: 'two\n' } : file,
    );
    expect(codes(second)).toEqual([]);
    await build(second);
    expect(readTree(out)).toEqual(await clean(second));
  });

  it("stays where it is no longer generated, is said once, and is the user's from then on", async () => {
    await build(first);
    put('docs/a.md', 'edited\n');
    const second = first.filter((file) => file.path !== 'docs/a.md');
    const { diagnostics } = planOutput(second, out);
    expect(diagnostics.map((each) => [each.code, each.severity])).toEqual([['OBS4108', 'warning']]);
    expect(diagnostics[0]?.help).toBe('it is yours now: keep it, or remove it');
    await build(second);
    expect(readTree(out)).toEqual((await clean(second)).set('docs/a.md', 'edited\n'));
    expect(codes(second)).toEqual([]);
    expect(isCurrent(plan(second))).toBe(true);
    // Generated again, it is in the way like any file of the user's.
    expect(codes(first)).toEqual(['OBS4101']);
  });

  it('is removed where it is no longer generated and forced', async () => {
    await build(first);
    put('docs/a.md', 'edited\n');
    const second = first.filter((file) => file.path !== 'docs/a.md');
    expect((await build(second, { force: ['docs/a.md'] })).removed).toEqual(['docs/a.md']);
  });

  it('is not confused with one that was deleted, which is made again', async () => {
    await build(first);
    rmSync(join(out, 'docs'), { recursive: true });
    expect(actions(first)).toMatchObject({
      'docs/a.md': 'create',
      'docs/runbooks/b.md': 'create',
      '.obs-gen.json': 'same',
    });
    await build(first);
    expect(readTree(out)).toEqual(await clean(first));
  });

  it('warns of a forced path that is none', async () => {
    await build(first);
    const { diagnostics } = planOutput(first, out, { force: ['indx.ts', 'index.ts'] });
    expect(diagnostics.map((each) => [each.code, each.severity])).toEqual([['OBS4110', 'warning']]);
    expect(diagnostics[0]?.message).toContain('`indx.ts`');
  });
});

describe('the manifest on disk', () => {
  it('that is missing makes every file that differs a conflict, and adopts those that do not', async () => {
    await build(first);
    rmSync(join(out, '.obs-gen.json'));
    const second = first.map((file) =>
      file.path === 'docs/a.md' ? file : { path: file.path, content: 'new\n' },
    );
    expect(codes(second)).toEqual(['OBS4101', 'OBS4101', 'OBS4101']);
    expect(actions(second)['docs/a.md']).toBe('same');
    expect(codes(first)).toEqual([]);
    await build(first);
    expect(readTree(out)).toEqual(await clean(first));
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 100)],
    ['with conflict markers', (text: string) => `<<<<<<< ours\n${text}`],
    ['with a path that leads outside', (text: string) => text.replace('"index.ts"', '"../victim"')],
  ])('that is corrupt (%s) counts as missing, and is said', async (_, damage) => {
    await build(first);
    writeFileSync(join(scratch, 'victim'), 'one\n');
    put('.obs-gen.json', damage(readFileSync(join(out, '.obs-gen.json'), 'utf8')));
    const second = files({ 'index.ts': 'two\n' });
    expect(codes(second)).toEqual(['OBS4101', 'OBS4109']);
    // What it can no longer know to be its own, it does not remove.
    await build(second, { force: ['index.ts'] });
    expect(readTree(out).get('docs/a.md')).toBe('a\n');
    expect(readFileSync(join(scratch, 'victim'), 'utf8')).toBe('one\n');
  });

  it('knows a file by its case-insensitive name, so that a renamed one is written and not lost', async () => {
    await build(files({ 'docs/queue.md': 'old\n' }));
    const second = files({ 'docs/Queue.md': 'new\n' });
    await build(second);
    expect(readTree(out)).toEqual(await clean(second));
    // What a file system that ignores case would show: our old content under the new name.
    put('docs/QUEUE.md', 'new\n');
    expect(codes(files({ 'docs/QUEUE.md': 'newer\n' }))).toEqual([]);
  });
});

describe('check', () => {
  it('finds one flipped byte in each file, the manifest among them', async () => {
    await build(first);
    for (const path of readTree(out).keys()) {
      const bytes = readFileSync(join(out, path));
      for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        writeFileSync(join(out, path), flipped);
        const { value, diagnostics } = planOutput(first, out);
        const found = [...diagnostics, ...(value === undefined ? [] : staleFiles(value))];
        expect(found.some((each) => each.severity === 'error' && each.message.includes(path))).toBe(true);
        expect(value !== undefined && isCurrent(value)).toBe(false);
      }
      writeFileSync(join(out, path), bytes);
    }
    expect(isCurrent(plan(first))).toBe(true);
  });

  it('says of each file what is wrong with it, and writes nothing', async () => {
    await build(first);
    rmSync(join(out, 'rules/c.yaml'));
    const before = fingerprint(out);
    const second = files({ 'index.ts': 'two\n', 'docs/a.md': 'a\n', 'rules/c.yaml': 'c\n' });
    const found = staleFiles(plan(second));
    expect(
      found.map((each) => [each.code, each.message.slice(each.message.indexOf(out) + out.length + 1)]),
    ).toEqual([
      ['OBS4102', '.obs-gen.json` is not what the spec compiles to'],
      ['OBS4102', 'docs/runbooks/b.md` is no longer generated'],
      ['OBS4102', 'index.ts` is not what the spec compiles to'],
      ['OBS4102', 'rules/c.yaml` is missing'],
    ]);
    expect(new Set(found.map((each) => each.help))).toEqual(
      new Set(['build again without --check, and commit what it writes']),
    );
    expect(fingerprint(out)).toEqual(before);
  });

  it('finds nothing after a build', async () => {
    await build(first);
    expect(staleFiles(plan(first))).toEqual([]);
  });
});
