import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTree } from '../support/directory.js';
import { commit, files, instrument, put, removeBuilt, spec, workspace } from './instrument-workspace.js';

interface Json {
  readonly diagnostics: readonly { readonly code: string; readonly range?: { readonly file: string } }[];
  readonly written: boolean;
  readonly files: readonly {
    readonly path: string;
    readonly changed: boolean;
    readonly before?: string;
    readonly after?: string;
    readonly hunks: readonly { readonly lines: readonly string[] }[];
    readonly placed: readonly { readonly place: string; readonly rule: string; readonly kept: boolean }[];
  }[];
  readonly summary: { readonly changed: number; readonly placed: number };
}

afterAll(removeBuilt);

const codeOf = (cwd: string): Map<string, string> =>
  new Map([...readTree(cwd)].filter(([path]) => path.startsWith('src/')));
const original = new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
const json = (stdout: string): Json => JSON.parse(stdout) as Json;

describe('instrument', () => {
  it('changes the code, finds nothing to do in a second run, and gives the bytes back', async () => {
    const cwd = await workspace();
    const first = await instrument(cwd);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^2 files changed, of 3 files read\n2 places in 2 files, by rule:\n/);
    expect(first.stdout).toMatch(/^ {2}instrument\.rules\[0\] {2}agent\.run {3}1 new$/m);
    expect(readFileSync(join(cwd, 'src/ask.ts'), 'utf8')).toContain('traceFunction(spans.agentRun, {');
    expect(readFileSync(join(cwd, 'src/other.ts'), 'utf8')).toBe(files['src/other.ts']);
    expect(existsSync(join(cwd, '.obs-gen.tmp'))).toBe(false);

    const second = await instrument(cwd);
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^nothing to do: 2 files are instrumented as the rules say\n/);
    expect((await instrument(cwd, '--check')).code).toBe(0);

    commit(cwd);
    const removed = await instrument(cwd, '--remove');
    expect([removed.code, removed.stdout]).toEqual([0, '2 files cleaned, of 3 files read\n']);
    expect(codeOf(cwd)).toEqual(original);
    expect((await instrument(cwd, '--remove', '--allow-dirty')).stdout).toMatch(/^nothing to remove/);
  });

  it('--dry-run prints a diff that git applies to the same tree, and writes nothing', async () => {
    const cwd = await workspace({
      ...files,
      'src/crlf.ts': 'export async function askTwice(question: string) {\r\n  return 2;\r\n}',
    });
    const { code, stdout, stderr } = await instrument(cwd, '--dry-run');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^3 files to be changed, of 4 files read\n/);
    expect(stdout).toMatch(/^diff --git a\/src\/agent\.ts b\/src\/agent\.ts\n--- a\/src\/agent\.ts\n/);
    expect(stdout).not.toContain('\u001b');
    expect(codeOf(cwd).get('src/ask.ts')).toBe(files['src/ask.ts']);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd, input: stdout });
    const applied = codeOf(cwd);
    expect(applied.get('src/crlf.ts')).toContain('\r\n');
    execFileSync('git', ['checkout', '--quiet', '.'], { cwd });
    await instrument(cwd);
    expect(codeOf(cwd)).toEqual(applied);
  });

  it('colours the diff where it is asked to, and not with NO_COLOR', async () => {
    const cwd = await workspace();
    const { runCli } = await import('./run-cli.js');
    const coloured = await runCli(['instrument', '--dry-run'], { cwd, env: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[32m+');
    const plain = await runCli(['instrument', '--dry-run'], {
      cwd,
      env: { FORCE_COLOR: '1', NO_COLOR: '1' },
    });
    expect(plain.stdout).not.toContain('\u001b');
  });

  it('--check names what is left to do, and writes nothing', async () => {
    const cwd = await workspace();
    const { code, stdout, stderr } = await instrument(cwd, '--check');
    expect([code, stdout.split('\n')[0]]).toEqual([1, '2 files to be changed, of 3 files read']);
    expect(stderr).toContain(
      'error[OBS5208]: `ask` in `src/ask.ts` fits a rule and is not instrumented\n --> src/ask.ts:1:1',
    );
    expect(codeOf(cwd)).toEqual(original);
    const github = await instrument(cwd, '--check', '--format', 'github');
    expect(github.stdout).toMatch(/^::error file=src\/agent\.ts,line=4,/m);
  });

  it('--format json has hashes, hunks, places and the summary, and nothing else on standard output', async () => {
    const cwd = await workspace();
    const dry = json((await instrument(cwd, '--dry-run', '--format', 'json')).stdout);
    expect(dry.written).toBe(false);
    expect(dry.summary).toMatchObject({ changed: 2, placed: 2 });
    const [agent, ask] = dry.files;
    expect([agent?.path, ask?.path]).toEqual(['src/agent.ts', 'src/ask.ts']);
    expect(ask?.placed).toMatchObject([{ place: 'ask', rule: 'instrument.rules[0]', kept: false }]);
    expect(ask?.hunks[0]?.lines.some((line) => line.startsWith('+'))).toBe(true);
    const done = json((await instrument(cwd, '--format', 'json')).stdout);
    expect(done.written).toBe(true);
    const { sha256 } = await import('../../src/output/hash.js');
    for (const { path, before, after } of done.files) {
      expect(before).toBe(sha256(files[path] ?? ''));
      expect(after).toBe(sha256(readFileSync(join(cwd, path))));
    }
    const again = json((await instrument(cwd, '--dry-run', '--format', 'json')).stdout);
    expect(again.files.map(({ changed, placed }) => [changed, placed[0]?.kept])).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  it('keeps to the paths that are given', async () => {
    const cwd = await workspace();
    const { code, stderr } = await instrument(cwd, 'src/ask.ts');
    expect([code, stderr]).toEqual([0, '']);
    expect(codeOf(cwd).get('src/agent.ts')).toBe(files['src/agent.ts']);
    expect(codeOf(cwd).get('src/ask.ts')).not.toBe(files['src/ask.ts']);
  });

  it('--only applies one rule and leaves what others have done', async () => {
    const cwd = await workspace();
    await instrument(cwd, '--only', '1');
    expect(codeOf(cwd).get('src/ask.ts')).toBe(files['src/ask.ts']);
    const agent = codeOf(cwd).get('src/agent.ts');
    expect(agent).not.toBe(files['src/agent.ts']);
    await instrument(cwd, '--only', 'instrument.rules[0]', '--allow-dirty');
    expect(codeOf(cwd).get('src/agent.ts')).toBe(agent);
    expect(codeOf(cwd).get('src/ask.ts')).not.toBe(files['src/ask.ts']);
    const unknown = await instrument(cwd, '--only', 'nothing');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      'error: --only nothing names no rule\nhelp: the rules are\n        instrument.rules[0]\n        instrument.rules[1]\n',
    ]);
  });

  it('warns of a rule that matches nothing, at its line in the spec', async () => {
    const idle = spec.replace("'*Agent', method: 'run*'", "'*Robot', method: 'run*'");
    const cwd = await workspace(files, { spec: idle });
    const { code, stderr } = await instrument(cwd, '--dry-run');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning[OBS5207]: no code fits the rule `instrument.rules[1]`\n  --> observability.yaml:16:14',
    );
    expect((await instrument(cwd, '--dry-run', '--strict')).code).toBe(1);
    expect((await instrument(cwd, '--dry-run', 'src/ask.ts')).stderr).not.toContain('OBS5207');
  });

  it('--explain says why a place is or is not meant', async () => {
    const cwd = await workspace();
    const fits = await instrument(cwd, '--explain', 'src/ask.ts:1');
    expect(fits.code).toBe(0);
    expect(fits.stdout).toMatch(/^src\/ask\.ts:1 {2}function `ask`\n {2}to be instrumented/);
    expect(fits.stdout).toMatch(/^ {2}fits {2}instrument\.rules\[0\]$/m);
    expect(fits.stdout).toMatch(/^ {2}no {4}instrument\.rules\[1\]: \w+: /m);
    const nothing = await instrument(cwd, '--explain', 'src/ask.ts:2:3');
    expect(nothing.stdout).toContain('the nearest are:\n  src/ask.ts:1  function `ask`\n');
    const parsed = JSON.parse(
      (await instrument(cwd, '--explain', 'src/agent.ts:4', '--format', 'json')).stdout,
    ) as { places: { name: string; verdicts: { fits: boolean }[] }[] };
    expect(parsed.places[0]).toMatchObject({ name: 'runAll', verdicts: [{ fits: false }, { fits: true }] });
    await instrument(cwd);
    const line = (codeOf(cwd).get('src/agent.ts') ?? '')
      .split('\n')
      .findIndex((each) => each.includes('async runAll'));
    const after = await instrument(cwd, '--explain', `src/agent.ts:${line + 1}`);
    expect(after.stdout).toMatch(/method `WorkAgent\.runAll`\n {2}instrumented already/);
  });
});

describe('instrument refuses', () => {
  it('helpers that are missing or stale; with --dry-run it warns', async () => {
    const cwd = await workspace();
    appendFileSync(join(cwd, 'generated/spans.ts'), '// edited\n');
    const stale = await instrument(cwd);
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain('error[OBS5201]: `generated/spans.ts` is not what the spec compiles to');
    expect(stale.stderr).toContain('help: run `obs-gen build` first');
    rmSync(join(cwd, 'generated'), { recursive: true });
    const missing = await instrument(cwd);
    expect(missing.stderr).toMatch(
      /error\[OBS5201\]: `generated\/instrument\.ts` is missing, and \d+ more generated files/,
    );
    expect(codeOf(cwd)).toEqual(original);
    const dry = await instrument(cwd, '--dry-run');
    expect([dry.code, dry.stdout.startsWith('diff --git')]).toEqual([0, true]);
    expect(dry.stderr).toContain('warning[OBS5201]');
  });

  it('files with changes that are not committed, and only where it would change them', async () => {
    const cwd = await workspace();
    appendFileSync(join(cwd, 'src/other.ts'), '// edited\n');
    appendFileSync(join(cwd, 'src/ask.ts'), '// edited\n');
    put(cwd, { 'src/fresh.ts': 'export async function askFresh() {}\n' });
    const { code, stderr } = await instrument(cwd);
    expect(code).toBe(1);
    expect(stderr).toContain('error[OBS5202]: `src/ask.ts` has changes that are not committed');
    expect(stderr).toContain('error[OBS5202]: `src/fresh.ts` has changes that are not committed');
    expect(stderr).not.toContain('other.ts');
    expect(codeOf(cwd).get('src/agent.ts')).toBe(files['src/agent.ts']);
    expect((await instrument(cwd, '--allow-dirty')).code).toBe(0);
    expect(codeOf(cwd).get('src/agent.ts')).not.toBe(files['src/agent.ts']);
  });

  it('nothing for want of a repository, but says so', async () => {
    const cwd = await workspace(files, { git: false });
    const { code, stdout } = await instrument(cwd);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'note: the files are in no git repository; `obs-gen instrument --remove` takes the change back\n',
    );
    const removed = await instrument(cwd, '--remove');
    expect(removed.stdout).toContain('note: the files are in no git repository\n');
  });

  it('all of it where one file may not be written', async () => {
    const cwd = await workspace();
    chmodSync(join(cwd, 'src/ask.ts'), 0o444);
    const { code, stderr } = await instrument(cwd);
    expect([code, stderr.split('\n')[0]]).toEqual([
      1,
      'error[OBS5204]: `src/ask.ts` is read-only, and obs-gen changes only plain files that may be written',
    ]);
    expect(codeOf(cwd)).toEqual(original);
  });

  it('to go through symbolic links', async () => {
    const cwd = await workspace();
    mkdirSync(join(cwd, 'real'));
    renameSync(join(cwd, 'src/ask.ts'), join(cwd, 'real/ask.ts'));
    symlinkSync('../real/ask.ts', join(cwd, 'src/ask.ts'));
    await instrument(cwd, '--allow-dirty');
    expect(readFileSync(join(cwd, 'real/ask.ts'), 'utf8')).toBe(files['src/ask.ts']);
  });

  it.each([
    [
      ['--dry-run', '--check'],
      /--check and --dry-run cannot go together|--dry-run and --check cannot go together/,
    ],
    [['--interactive'], /--interactive asks questions, and this is no terminal/],
    [['--interactive', '--format', 'json'], /--interactive is for people/],
    [['--remove', '--only', '1'], /--remove and --only cannot go together/],
    [['--jobs', '0'], /--jobs has to be a whole number above 0/],
    [['--verify', 'nothing'], /--verify cannot be nothing/],
    [['--explain', 'src/ask.ts'], /--explain src\/ask\.ts names no line/],
    [['--explain', 'src/none.ts:1'], /there is no file src\/none\.ts/],
    [['src/none.ts'], /there is no file or folder src\/none\.ts/],
    [['..'], /\.\. lies outside of the spec's folder/],
    [['--dry-run=yes'], /--dry-run takes no value/],
  ])('%j as a slip in the command', async (args, message) => {
    const cwd = await workspace(files, { git: false });
    const { code, stdout, stderr } = await instrument(cwd, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(codeOf(cwd)).toEqual(original);
  });

  it('a spec without rules', async () => {
    const cwd = await workspace(files, { git: false });
    writeFileSync(join(cwd, 'observability.yaml'), spec.slice(0, spec.indexOf('instrument:')));
    const { code, stderr } = await instrument(cwd);
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'error: ./observability.yaml has no section `instrument`',
    ]);
    expect((await instrument(cwd, '--remove')).code).toBe(0);
  });
});
