import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, parseDocument, visit } from 'yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { analyseLoaded } from '../../src/analyse.js';
import { hasErrors } from '../../src/diagnostics/create.js';
import { emit, emitters } from '../../src/emit/index.js';
import type { OutputFile } from '../../src/emit/emitter.js';
import { loadSpecText } from '../../src/spec/load.js';
import { runCli } from '../cli/run-cli.js';
import { foldersIn, readTree } from '../support/directory.js';
import { isLong, some } from '../support/long.js';
import { testToday } from '../support/model.js';

/** The same spec gives the same bytes, whoever builds it, where, when, and in whatever order its author wrote the keys. */
const cases = join(import.meta.dirname, '../cases');
const folder = mkdtempSync(join(tmpdir(), 'obs-gen-same-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function hashOf(tree: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, content] of tree) hash.update(`${path}\0${content}\0`);
  return hash.digest('hex');
}

/** What differs from one machine to another, and from one day to the next. */
const surroundings: readonly Readonly<Record<string, string>>[] = [
  {},
  { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C', SOURCE_DATE_EPOCH: '0' },
  {
    LANG: 'ar_EG.UTF-8',
    LC_ALL: 'ar_EG.UTF-8',
    FORCE_COLOR: '1',
    COLUMNS: '20',
    SOURCE_DATE_EPOCH: '4102444800',
  },
  {
    TZ: 'UTC',
    LANG: 'zh_CN.GB18030',
    NODE_OPTIONS: '--random-seed=7 --hash-seed=7',
    HOME: '/nonexistent',
    USER: 'nobody',
  },
];

describe('builds in processes of their own', () => {
  const name = isLong ? 'prometheus-rules' : 'minimal';
  const count = isLong ? 20 : 3;

  it(`${count} of them, in other zones, languages, folders and with other rights: one tree`, async () => {
    const umask = process.umask(0o022);
    const hashes = new Set<string>();
    try {
      for (let number = 0; number < count; number += 1) {
        const cwd = join(folder, `${number}`, ...Array.from({ length: number % 3 }, () => 'deeper and äöü'));
        mkdirSync(cwd, { recursive: true });
        cpSync(join(cases, name, 'observability.yaml'), join(cwd, 'observability.yaml'));
        process.umask(number % 2 === 0 ? 0o022 : 0o077);
        const env = surroundings[number % surroundings.length] ?? {};
        const { code, stderr } = await runCli(['build', '--out', 'out'], { cwd, env });
        expect([env, code, stderr]).toEqual([env, 0, stderr]);
        const tree = readTree(join(cwd, 'out'));
        expect(tree.size).toBeGreaterThan(3);
        hashes.add(hashOf(tree));
      }
    } finally {
      process.umask(umask);
    }
    expect(hashes.size).toBe(1);
  });
});

/** Small, and the same on each machine. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  return items
    .map((item) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return [state, item] as const;
    })
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** The text with the keys of every map in another order; lists stay, since their order says something. */
function reordered(text: string, seed: number): string {
  const document = parseDocument(text);
  visit(document, {
    Map(_, node) {
      if (isMap(node)) node.items = shuffled(node.items, seed + node.items.length);
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Tests of rules are made of the rules, and take as long as all the rest. */
const outputs = emitters.map(({ id }) => id).filter((id) => id !== 'prometheus-tests');

function compiled(text: string): readonly OutputFile[] | undefined {
  const { model, diagnostics } = analyseLoaded(
    loadSpecText(new Map([['observability.yaml', text]]), 'observability.yaml'),
    testToday,
  );
  if (model === undefined || hasErrors(diagnostics)) return undefined;
  return emit(model, outputs);
}

describe('keys in another order', () => {
  const names = foldersIn(cases).filter((name) => {
    const text = readFileSync(join(cases, name, 'observability.yaml'), 'utf8');
    return !text.includes('imports:');
  });

  it.each(some(names, 8))('of %s change the order of what is generated and nothing else', (name) => {
    const text = readFileSync(join(cases, name, 'observability.yaml'), 'utf8');
    const plain = compiled(text);
    const changed = compiled(reordered(text, 7));
    if (plain === undefined) {
      expect(changed).toBeUndefined();
      return;
    }
    expect(changed?.map(({ path }) => path).sort()).toEqual(plain.map(({ path }) => path).sort());
    const byPath = new Map(changed?.map((file) => [file.path, file.content]));
    for (const { path, content } of plain)
      if (!path.startsWith('runtime/'))
        expect(inAnyOrder(byPath.get(path) ?? ''), path).toEqual(inAnyOrder(content));
  });
});

/** The words of a file, sorted: what order, places and numbers of entries have no part in. */
function inAnyOrder(content: string): string[] {
  return (content.match(/[\w.:/$-]+/g) ?? []).filter((word) => !/^[\d.]+$/.test(word)).sort();
}
