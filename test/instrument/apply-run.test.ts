import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askForEach } from '../../src/cli/instrument/interactive.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { draftsOf, type Draft } from '../../src/instrument/apply/draft.js';
import { gitState } from '../../src/instrument/apply/git.js';
import { staleHelpers } from '../../src/instrument/apply/helpers-on-disk.js';
import { idleRules } from '../../src/instrument/apply/idle-rules.js';
import { guardByGit } from '../../src/instrument/apply/uncommitted.js';
import { unfinished } from '../../src/instrument/apply/unfinished.js';
import type { FilePlan } from '../../src/instrument/file/file-plan.js';
import type { RuleData } from '../../src/instrument/rules/rule-set.js';
import { sha256 } from '../../src/output/hash.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'obs-gen-run-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

function git(cwd: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd,
    stdio: 'ignore',
  });
}

/** A repository in which `kept.ts` is committed, `changed.ts` was changed since and `fresh.ts` was never added. */
function repository(): string {
  const cwd = folder();
  git(cwd, 'init', '--quiet');
  for (const name of ['kept.ts', 'changed.ts', 'staged.ts', 'ignored.ts', 'a b ä.ts'])
    writeFileSync(join(cwd, name), 'export {};\n');
  writeFileSync(join(cwd, '.gitignore'), 'ignored.ts\n');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'state');
  for (const name of ['changed.ts', 'staged.ts', 'a b ä.ts']) appendFileSync(join(cwd, name), '//\n');
  git(cwd, 'add', 'staged.ts');
  writeFileSync(join(cwd, 'fresh.ts'), '');
  return cwd;
}

const place = (root: string): { root: string; shown: string } => ({ root, shown: '.' });

describe('git', () => {
  it('is asked about these files alone', async () => {
    const cwd = repository();
    const names = ['kept.ts', 'changed.ts', 'staged.ts', 'ignored.ts', 'a b ä.ts', 'fresh.ts'];
    const { diagnostics, note } = await guardByGit(place(cwd), names);
    expect(diagnostics.map(({ code, message }) => [code, message.split('`')[1]])).toEqual(
      ['changed.ts', 'staged.ts', 'a b ä.ts', 'fresh.ts'].map((name) => ['OBS5202', name]),
    );
    expect(note).toBeUndefined();
    expect((await guardByGit(place(cwd), ['kept.ts'])).diagnostics).toEqual([]);
    // More files than can be named one by one.
    const many = Array.from({ length: 150 }, (_, index) => `many/${index}.ts`);
    mkdirSync(join(cwd, 'many'));
    for (const name of many) writeFileSync(join(cwd, name), '');
    expect((await guardByGit(place(cwd), ['kept.ts', ...many])).diagnostics).toHaveLength(150);
  });

  it('is asked in the repository that a file is of', async () => {
    const cwd = repository();
    const inner = repository();
    renameSync(inner, join(cwd, 'inner'));
    const { dirty } = await gitState([join(cwd, 'inner', 'kept.ts'), join(cwd, 'inner', 'changed.ts')]);
    expect(dirty).toEqual([join(cwd, 'inner', 'changed.ts')]);
  });

  it('is not asked for the repository of a hook', async () => {
    const [cwd, other] = [repository(), repository()];
    vi.stubEnv('GIT_DIR', join(other, '.git'));
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect((await gitState([join(cwd, 'kept.ts'), join(cwd, 'changed.ts')])).dirty).toEqual([
      join(cwd, 'changed.ts'),
    ]);
  });

  it('runs no program that the repository names', async () => {
    const cwd = repository();
    writeFileSync(join(cwd, 'monitor.sh'), `#!/bin/sh\ntouch ${join(cwd, 'ran')}\n`, { mode: 0o755 });
    git(cwd, 'config', 'core.fsmonitor', join(cwd, 'monitor.sh'));
    await gitState([join(cwd, 'kept.ts')]);
    expect(() => execFileSync('test', ['-e', join(cwd, 'ran')])).toThrow();
  });

  it('stops the run where it fails, and does not where there is none', async () => {
    const cwd = repository();
    writeFileSync(join(cwd, '.git', 'index'), 'broken');
    const { diagnostics } = await guardByGit(place(cwd), ['kept.ts']);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^OBS5212 git cannot say whether the files are committed: \S+/),
    ]);
    vi.stubEnv('PATH', cwd);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const without = await guardByGit(place(cwd), ['kept.ts']);
    expect(without).toEqual({
      diagnostics: [],
      note: 'git is not installed, so whether the files are committed was not checked',
    });
  });
});

describe('helpers', () => {
  it('have to be on disk as the spec compiles to them', () => {
    const out = folder();
    const files = [
      { path: 'instrument.ts', content: 'a' },
      { path: 'spans.ts', content: 'b' },
      { path: 'docs/TELEMETRY.md', content: 'c' },
    ];
    expect(staleHelpers(files, out)[0]?.message).toMatch(
      /instrument\.ts` is missing, and 1 more generated file$/,
    );
    writeFileSync(join(out, 'instrument.ts'), 'a');
    writeFileSync(join(out, 'spans.ts'), 'x');
    expect(
      staleHelpers(files, out).map(({ code, message }) => `${code} ${message.replace(out, 'out')}`),
    ).toEqual(['OBS5201 `out/spans.ts` is not what the spec compiles to']);
    writeFileSync(join(out, 'spans.ts'), 'b');
    expect(staleHelpers(files, out)).toEqual([]);
  });
});

const plan: FilePlan = {
  path: 'src/a.ts',
  before: 'one\nfunction f() {}\n',
  after: 'import\none\nfunction f() {}\n',
  placed: [{ place: 'f', line: 2, rule: 0, form: 'assignment', isKept: false }],
  skipped: [],
  functions: 1,
};

const draft = (changes: Partial<FilePlan> = {}): Draft => {
  const changed = { ...plan, ...changes };
  return { path: changed.path, before: changed.before, after: changed.after, hash: '', plan: changed };
};

describe('what a check finds', () => {
  it('points at the first place that is new, or at the first line that would change', () => {
    const fresh = unfinished(place('/'), draft(), false);
    expect([fresh.code, fresh.message]).toEqual([
      'OBS5208',
      '`f` in `src/a.ts` fits a rule and is not instrumented',
    ]);
    expect(fresh.range?.source.position(fresh.range.start).line).toBe(2);
    const edited = unfinished(place('/'), draft({ placed: [] }), false);
    expect(edited.message).toBe('`src/a.ts` is not what the rules make of it');
    expect(unfinished(place('/'), draft(), true).message).toBe(
      '`src/a.ts` has instrumentation that would be removed',
    );
  });

  it('names rules that match nothing, those of presets aside', () => {
    const source = new SourceFile('spec.yaml', 'rules');
    const rules = {
      rules: [
        ...['a', 'b', 'preset openai: c'].map((label) => ({ label })),
        { label: 'left alone', action: 'leave' },
      ],
    } as unknown as RuleData;
    const range = { source, start: 0, end: 5 };
    const found = idleRules(rules, [plan], (rule) => (rule === 2 ? undefined : range));
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'OBS5207 no code fits the rule `b`',
    ]);
  });
});

describe('a draft', () => {
  it('is of the bytes on disk, with their byte order mark', () => {
    const root = folder();
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src/a.ts'), `\uFEFF${plan.before}`);
    expect(draftsOf(place(root), [plan])).toMatchObject([
      { before: `\uFEFF${plan.before}`, after: `\uFEFF${plan.after}`, hash: sha256(`\uFEFF${plan.before}`) },
    ]);
    expect(draftsOf(place(root), [{ ...plan, after: plan.before }])).toEqual([]);
  });
});

describe('--interactive', () => {
  it.each([
    [
      ['y', 'n', 'y'],
      ['1', '3'],
    ],
    [
      ['n', 'a'],
      ['2', '3'],
    ],
    [['y', 'q'], ['1']],
    [['?', 'what', 'y', 'n', 'n'], ['1']],
    [['y'], ['1']],
    [[], []],
  ])('answered with %j takes %j', async (answers, expected) => {
    const shown: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      shown.push(String(text));
      return true;
    });
    const open = [...answers];
    let closed = false;
    try {
      const drafts = ['1', '2', '3'].map((path) => draft({ path }));
      const taken = await askForEach(drafts, place('/'), {
        ask: () => Promise.resolve(open.shift()),
        close: () => {
          closed = true;
        },
      });
      expect(taken.map(({ path }) => path)).toEqual(expected);
      expect(closed).toBe(true);
      expect(shown.join('')).toContain('+import');
      if (answers.includes('?')) expect(shown.join('')).toContain('q  leave this file and all that follow');
    } finally {
      write.mockRestore();
    }
  });
});
