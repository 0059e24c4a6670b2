import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { documents, terminalPictures, writeProject } from '../../scripts/generate-docs.mjs';
import { terminalPicture } from '../../scripts/terminal-picture.mjs';
import { codeGroups } from '../../src/cli/explain.js';
import { commandLine, run } from '../../src/cli/run.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { isLong } from '../support/long.js';
import { root } from './markdown.js';

/** What of docs/ is made from the product is what the product would make of it now. */
const how = 'run `npm run build`, then `npm run generate:docs`';
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const product = { catalogue, codeGroups, commandLine };
const made = documents(product);

describe('generated documents', () => {
  it.each(['docs/language.md', 'docs/diagnostics.md', 'docs/commands.md'])('%s is current', async (path) => {
    expect(read(path), how).toBe((await made)[path]);
  });
});

interface SchemaNode {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/** Every key that the schema declares, wherever. */
function keysOf(node: unknown): { readonly key: string; readonly description: unknown }[] {
  if (Array.isArray(node)) return node.flatMap(keysOf);
  if (node === null || typeof node !== 'object') return [];
  const { properties, ...rest } = node as SchemaNode;
  const own = Object.entries(properties ?? {}).flatMap(([key, child]) => [
    { key, description: child['description'] },
    ...keysOf(child),
  ]);
  return [...own, ...Object.values(rest).flatMap(keysOf)];
}

describe('docs/language.md', () => {
  const text = read('docs/language.md');
  const schema = JSON.parse(read('schemas/observability.v1.schema.json')) as SchemaNode;

  it('has every key of the schema', () => {
    const cells = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, path = '']) => path.split('.').at(-1) ?? '');
    const headings = [...text.matchAll(/^## (\w+)$/gm)].map(([, key = '']) => key);
    const count = (names: readonly string[]): Map<string, number> =>
      names.reduce(
        (counts, name) => counts.set(name, (counts.get(name) ?? 0) + 1),
        new Map<string, number>(),
      );
    const documented = count([...cells.map((name) => name.replace('[]', '')), ...headings]);
    const declared = count(keysOf(schema).map(({ key }) => key));
    const missing = [...declared].filter(([key, times]) => (documented.get(key) ?? 0) < times);
    expect(missing).toEqual([]);
  });

  it('says of every key what it is, with an example', () => {
    const rows = [...text.matchAll(/^\| `.*\|$/gm)].map(([row]) =>
      row.split(/(?<!\\)\|/).map((cell) => cell.trim()),
    );
    expect(rows.length).toBeGreaterThan(300);
    for (const [, key, type, , description, example] of rows)
      for (const cell of [type, description, example]) expect(cell, key).not.toBe('');
  });
});

describe('docs/diagnostics.md', () => {
  it('has every code, with an example', () => {
    const [, ...sections] = read('docs/diagnostics.md').split(/^### (?=OBS\d{4}$)/m);
    expect(sections.map((section) => section.slice(0, 'OBS0000'.length))).toEqual(
      Object.keys(catalogue).sort(),
    );
    for (const section of sections) expect(section, section.slice(0, 200)).toContain('```text');
  });
});

describe('pictures', () => {
  const folder = { path: '', home: process.cwd() };

  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'obs-gen-pictures-'));
    writeProject(folder.path);
  });

  afterEach(() => {
    process.chdir(folder.home);
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  afterAll(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });

  // The codemod loads the compiler of TypeScript, which takes seconds.
  const few = terminalPictures.filter(({ file }) => isLong || file !== 'instrument.svg');

  it.each(few)('$file is what the terminal shows', async ({ file, args, title }) => {
    vi.stubEnv('FORCE_COLOR', '1');
    vi.stubEnv('NO_COLOR', '');
    process.chdir(folder.path);
    let output = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      output += String(chunk);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await run(args);
    vi.restoreAllMocks();
    expect(terminalPicture(`npx obs-gen ${args.join(' ')}`, output, title), how).toBe(
      read(`docs/pictures/${file}`),
    );
  });

  it('are small enough to be looked at in a README', () => {
    const names = ['diff.svg', 'instrument.svg', 'service.png'];
    for (const name of names)
      expect(statSync(join(root, 'docs/pictures', name)).size, name).toBeLessThan(150_000);
  });

  it('keep characters that mean something in XML', () => {
    const picture = terminalPicture('a', '\u001b[1;31m<b>\u001b[0m & "c"\n', 'd & e');
    expect(picture).toContain('<tspan fill="#ff7b72" font-weight="600">&lt;b&gt;</tspan>');
    expect(picture).toContain('<title>d &amp; e</title>');
  });
});
