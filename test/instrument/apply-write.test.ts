import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recoveryOf } from '../../src/instrument/apply/recovery.js';
import type { FileWrite } from '../../src/instrument/apply/refusals.js';
import { recoverFiles, writeFiles } from '../../src/instrument/apply/write-files.js';
import { sha256 } from '../../src/output/hash.js';
import { scratchFolder } from '../output/support/scratch.js';
import { readTree } from '../support/directory.js';
import { compileWriter } from './apply/compiled.js';

const scratch = scratchFolder('instrument-write');
const compiled = compileWriter(join(scratch, 'compiled'));
const paths = ['a.ts', 'lib/b.ts', 'lib/deep/c.ts', 'lib/deep/d.ts', 'e.ts'];
const oldText = (path: string): string => `old ${path}\n`;
const newText = (path: string): string => `new ${path}\n`;

function tree(): string {
  const root = mkdtempSync(join(scratch, 'tree-'));
  mkdirSync(join(root, 'lib', 'deep'), { recursive: true });
  for (const path of paths) writeFileSync(join(root, path), oldText(path));
  return root;
}

function writes(list: readonly string[] = paths): readonly FileWrite[] {
  return list.map((path) => ({ path, before: sha256(oldText(path)), content: newText(path) }));
}

const place = (root: string): { root: string; shown: string } => ({ root, shown: '.' });
const allOld = new Map(paths.map((path) => [path, oldText(path)]));
const allNew = new Map(paths.map((path) => [path, newText(path)]));
const sorted = (map: ReadonlyMap<string, string>): [string, string][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));
const contentOf = (root: string): [string, string][] =>
  sorted(new Map([...readTree(root)].filter(([path]) => !path.startsWith('.obs-gen.tmp/'))));

interface Report {
  readonly step: number;
  readonly name?: string;
  readonly value?: string;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly steps: number;
}

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly reports: readonly Report[];
  readonly stderr: string;
}

interface Request {
  readonly roots: readonly string[];
  readonly strike?: { readonly refuse: string } | { readonly signal: string } | { readonly picture: string };
  readonly from?: number;
  readonly step?: number;
}

function child(request: Request, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const script = join(import.meta.dirname, 'apply', 'write.mjs');
  const running = spawn(process.execPath, [script, compiled], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.stdin.on('error', () => undefined);
  running.stdin.end(JSON.stringify({ ...request, files: writes() }));
  let [stdout, stderr] = ['', ''];
  running.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  running.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', (_, signal) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      resolve({ signal, stderr, reports: lines.map((line) => JSON.parse(line) as Report) });
    });
  });
}

/** What kill -9 would leave at each step of a write, as copies of the tree. */
async function pictures(env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const picture = mkdtempSync(join(scratch, 'pictures-'));
  const { reports, stderr } = await child({ roots: [tree()], strike: { picture } }, env);
  expect([stderr, reports[0]?.value]).toEqual(['', 'written']);
  return Array.from({ length: reports[0]?.steps ?? 0 }, (_, index) => join(picture, String(index + 1)));
}

const freshIn = (root: string): number =>
  contentOf(root).filter(([path, text]) => text === newText(path)).length;

describe('writing many files', () => {
  it('writes all of them, and leaves nothing else', async () => {
    const root = tree();
    expect(await writeFiles(place(root), writes())).toEqual({ value: 'written', diagnostics: [] });
    expect(readTree(root)).toEqual(new Map(sorted(allNew)));
    expect(existsSync(join(root, '.obs-gen.tmp'))).toBe(false);
  });

  it('keeps permissions', async () => {
    const root = tree();
    chmodSync(join(root, 'a.ts'), 0o755);
    chmodSync(join(root, 'e.ts'), 0o600);
    await writeFiles(place(root), writes());
    expect(['a.ts', 'e.ts', 'lib/b.ts'].map((path) => statSync(join(root, path)).mode & 0o777)).toEqual([
      0o755, 0o600, 0o644,
    ]);
  });

  it.each<readonly [string, (root: string) => void, string, RegExp]>([
    [
      'changed',
      (root) => {
        writeFileSync(join(root, 'lib/b.ts'), 'edited\n');
      },
      'OBS5203',
      /`lib\/b\.ts` has been changed/,
    ],
    [
      'removed',
      (root) => {
        rmSync(join(root, 'e.ts'));
      },
      'OBS5203',
      /`e\.ts` has been removed/,
    ],
    [
      'made read-only',
      (root) => {
        chmodSync(join(root, 'a.ts'), 0o444);
      },
      'OBS5204',
      /`a\.ts` is read-only/,
    ],
    [
      'a symbolic link',
      (root) => {
        rmSync(join(root, 'a.ts'));
        symlinkSync(join(root, 'e.ts'), join(root, 'a.ts'));
      },
      'OBS5204',
      /`a\.ts` is a symbolic link/,
    ],
    [
      'behind a symbolic link',
      (root) => {
        cpSync(join(root, 'lib'), join(root, 'real'), { recursive: true });
        rmSync(join(root, 'lib'), { recursive: true });
        symlinkSync(join(root, 'real'), join(root, 'lib'));
      },
      'OBS5204',
      /`lib` is a symbolic link/,
    ],
    [
      'a folder',
      (root) => {
        rmSync(join(root, 'a.ts'));
        mkdirSync(join(root, 'a.ts'));
      },
      'OBS5204',
      /`a\.ts` is a directory/,
    ],
  ])('writes none where one is %s', async (_, change, code, message) => {
    const root = tree();
    change(root);
    const { value, diagnostics } = await writeFiles(place(root), writes());
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toContain(code);
    expect(diagnostics[0]?.message).toMatch(message);
    for (const path of ['lib/deep/c.ts', 'lib/deep/d.ts'])
      expect(readFileSync(join(root, path), 'utf8')).toBe(oldText(path));
    expect(existsSync(join(root, '.obs-gen.tmp'))).toBe(false);
  });

  it('leaves another name of a file its old content', async () => {
    const root = tree();
    linkSync(join(root, 'a.ts'), join(scratch, 'other-name.ts'));
    await writeFiles(place(root), writes());
    expect(readFileSync(join(scratch, 'other-name.ts'), 'utf8')).toBe(oldText('a.ts'));
  });

  it('does not write while another run does', async () => {
    const root = tree();
    mkdirSync(join(root, '.obs-gen.tmp'));
    const { acquireLock } = await import('../../src/output/lock.js');
    const { closeFolder, openRoot } = await import('../../src/output/folder.js');
    const folder = openRoot(root, '.');
    const lock = await acquireLock(folder, '.', 0, () => false);
    try {
      const { value, diagnostics } = await writeFiles(place(root), writes());
      expect([value, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['OBS5205']]);
      expect(contentOf(root)).toEqual(sorted(allOld));
    } finally {
      lock?.release();
      closeFolder(folder);
    }
  });
});

describe('a write that is cut off', () => {
  it.each([
    ['with second names for files', {}],
    ['without them', { NO_LINKS: '1' }],
  ])('leaves whole files at each single step, and the next run takes them back, %s', async (_, env) => {
    const roots = await pictures(env);
    expect(roots.length).toBeGreaterThan(40);
    let [mixed, back, done] = [0, 0, 0];
    for (const [index, root] of roots.entries()) {
      const step = index + 1;
      const torn = contentOf(root).filter(([path, text]) => text !== oldText(path) && text !== newText(path));
      expect([step, torn]).toEqual([step, []]);
      const fresh = freshIn(root);
      if (fresh > 0 && fresh < paths.length) mixed += 1;
      const { value } = await recoverFiles(place(root));
      expect([step, value?.edited]).toEqual([step, []]);
      // All of it or none of it, and nothing else.
      const content = sorted(readTree(root));
      expect([sorted(allOld), sorted(allNew)]).toContainEqual(content);
      if (content[0]?.[1] === oldText('a.ts')) back += 1;
      else done += 1;
      expect([step, existsSync(join(root, '.obs-gen.tmp'))]).toEqual([step, false]);
    }
    expect(mixed).toBeGreaterThanOrEqual(paths.length - 1);
    expect(back).toBeGreaterThan(20);
    expect(done).toBeGreaterThan(3);
  });

  it('really is what kill -9 leaves', async () => {
    const roots = await pictures();
    const step = roots.findIndex((root) => freshIn(root) === 2) + 1;
    const root = tree();
    const { signal } = await child({ roots: [root], strike: { signal: 'SIGKILL' }, from: step });
    expect([signal, freshIn(root)]).toEqual(['SIGKILL', 2]);
    await recoverFiles(place(root));
    expect(sorted(readTree(root))).toEqual(sorted(allOld));
  });

  it('leaves what somebody has edited since, and says so', async () => {
    const root = (await pictures()).find((each) => freshIn(each) === 2) ?? '';
    writeFileSync(join(root, 'a.ts'), 'edited\n');
    const told = await recoveryOf(place(root), false);
    expect(told.map(({ code, severity }) => [code, severity])).toEqual([['OBS5206', 'warning']]);
    const found = await recoveryOf(place(root), true);
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'OBS5206 an earlier run was killed while it wrote: 1 file holds again what was there before',
      'OBS5206 `a.ts` was to be taken back too, but it has been edited since',
    ]);
    expect(sorted(readTree(root))).toEqual(sorted(new Map([...allOld, ['a.ts', 'edited\n']])));
    expect(await recoveryOf(place(root), true)).toEqual([]);
  });

  it('ignores a journal that is none', async () => {
    for (const journal of ['', '{', '[]', '{"nonce":"x","files":[{"path":"../a","before":"","after":""}]}']) {
      const root = tree();
      mkdirSync(join(root, '.obs-gen.tmp'));
      writeFileSync(join(root, '.obs-gen.tmp', 'instrument.json'), journal);
      expect((await recoverFiles(place(root))).diagnostics).toEqual([]);
      expect(contentOf(root)).toEqual(sorted(allOld));
      expect(existsSync(join(root, '.obs-gen.tmp'))).toBe(false);
    }
  });
});

describe('the system refuses', () => {
  it.each(['ENOSPC', 'EACCES', 'EIO'])('%s at each single step: all files or none', async (refuse) => {
    const count = 75;
    const roots = Array.from({ length: count }, () => tree());
    const { reports, stderr } = await child({ roots, strike: { refuse } });
    expect([stderr, reports.length]).toEqual(['', count]);
    // The last ones are beyond the last step.
    expect(reports.at(-1)?.name).toBeUndefined();
    let refused = 0;
    for (const [index, { step, name, value, codes }] of reports.entries()) {
      const root = roots[index] ?? '';
      if (value === 'written') {
        expect([step, name, contentOf(root)]).toEqual([step, name, sorted(allNew)]);
        continue;
      }
      refused += 1;
      expect([step, name, codes]).toEqual([step, name, ['OBS4107']]);
      expect([step, name, contentOf(root)]).toEqual([step, name, sorted(allOld)]);
      // Nor does the next run find anything to take back.
      await recoverFiles(place(root));
      expect([step, name, contentOf(root)]).toEqual([step, name, sorted(allOld)]);
    }
    expect(refused).toBeGreaterThan(30);
  });
});

describe('Ctrl-C', () => {
  it('at any step: all files or none, and the process dies of it', async () => {
    const steps = (await pictures()).length;
    let [none, all] = [0, 0];
    for (let from = 1; from <= steps; from += 6) {
      const root = tree();
      const { signal } = await child({ roots: [root], strike: { signal: 'SIGINT' }, from });
      expect([from, signal]).toEqual([from, 'SIGINT']);
      const content = sorted(readTree(root));
      expect([sorted(allOld), sorted(allNew)]).toContainEqual(content);
      if (content[0]?.[1] === oldText('a.ts')) none += 1;
      else all += 1;
    }
    expect(none).toBeGreaterThan(2);
    expect(all).toBeGreaterThan(0);
  });
});
