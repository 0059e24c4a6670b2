import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/output/apply.js';
import { foldPath, isWithin, pathFault, pathFaults, shownPath } from '../../src/output/paths.js';
import { planOutput } from '../../src/output/plan.js';
import { scratchFolder } from './support/scratch.js';

const scratch = scratchFolder('paths');

describe('a path below the output directory', () => {
  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['../x', 'has a part `..`'],
    ['a/../b', 'has a part `..`'],
    ['a/..', 'has a part `..`'],
    ['./a', 'has a part `.`'],
    ['a//b', 'has an empty part'],
    ['a/', 'has an empty part'],
    ['a\\..\\b', 'contains a backslash'],
    ['C:/x', 'contains a character that Windows does not allow'],
    ['a:stream', 'contains a character that Windows does not allow'],
    ['a\0b', 'contains a control character'],
    ['a\nb', 'contains a control character'],
    ['a\u2028b', 'contains a control character'],
    ['\ud800', 'is not well-formed Unicode'],
    ['a./b', 'has a part that ends with a dot or a space'],
    ['a ', 'has a part that ends with a dot or a space'],
    ['docs/CON', 'has a part that is reserved on Windows'],
    ['nul.tar.gz', 'has a part that is reserved on Windows'],
    ['Com1.md', 'has a part that is reserved on Windows'],
    ['x'.repeat(256), 'has a part longer than 255 bytes'],
    [`${'ä'.repeat(120)}/`.repeat(5) + 'x', 'is longer than 1024 bytes'],
  ])('%j is refused', (path, fault) => {
    expect(pathFault(path)).toBe(fault);
  });

  it.each([
    'index.ts',
    'docs/runbooks/Queue Growing.md',
    '.hidden/a',
    '...a',
    'console.ts',
    'common/com10.md',
    'ä/ö.md',
    'a..b',
  ])('%j is fine', (path) => {
    expect(pathFault(path)).toBeUndefined();
  });

  it('refuses two paths that are one file on some machines, and names both', () => {
    const messages = (...paths: string[]): string[] => pathFaults(paths).map((each) => each.message);
    expect(messages('docs/Queue.md', 'docs/queue.md')).toEqual([
      'the output paths `docs/Queue.md` and `docs/queue.md` differ in upper and lower case alone',
    ]);
    expect(messages('Docs/a.md', 'docs/b.md')).toEqual([
      'the output paths `Docs` and `docs` differ in upper and lower case alone',
    ]);
    expect(messages('e\u0301.md', '\u00e9.md')).toHaveLength(1);
    expect(messages('a', 'a')).toEqual(['the output paths `a` and `a` are made twice']);
    expect(messages('a', 'a/b')).toEqual([
      'the output paths `a` and `a` are a file and a directory of one name',
    ]);
    expect(messages('a/b', 'A')).toEqual([
      'the output paths `a` and `A` are a file and a directory of one name',
    ]);
    expect(messages('a/b/c', 'a/b/d', 'a/e', 'ab')).toEqual([]);
  });

  it.each(['.obs-gen.json', '.OBS-GEN.json', '.obs-gen.tmp/x'])('keeps %s for obs-gen', (path) => {
    expect(pathFaults([path]).map((each) => each.code)).toEqual(['OBS4104']);
  });

  it('tells a folder from a sibling whose name begins alike', () => {
    expect(isWithin('/a/out', '/a/out/x')).toBe(true);
    expect(isWithin('/a/out', '/a/out')).toBe(true);
    expect(isWithin('/a/out', '/a/out-evil/x')).toBe(false);
    expect(isWithin('/a/out', '/a')).toBe(false);
    expect(isWithin('/a/out', '/a/out/..x')).toBe(true);
  });

  it('is shown as it is typed', () => {
    expect(
      ['generated', './generated/', '.', '/', '/x/', '../y'].map((out) => shownPath(out, 'a/b.ts')),
    ).toEqual(['generated/a/b.ts', 'generated/a/b.ts', 'a/b.ts', '/a/b.ts', '/x/a/b.ts', '../y/a/b.ts']);
  });
});

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '/',
        '\\',
        '\0',
        'C:',
        '~',
        'out',
        'out-evil',
        'evil',
        'CON',
        'aux.ts',
        'A',
        'a',
        'b',
        '%2e%2e',
        '..%2f',
      ),
      fc.constantFrom(
        '../../out-evil',
        '/tmp/evil',
        '\\\\server\\share',
        '..\\..\\evil',
        'a\u202eb',
        '\u2024\u2024',
        '．．',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .chain((parts) => fc.constantFrom('/', '').map((glue) => parts.join(glue)));

describe('hostile names', () => {
  it('never lead out of the output directory: 5000 of them', async () => {
    const world = join(scratch, 'world');
    const outside = ['out-evil/secret', 'evil', 'secret'];
    const out = join(world, 'a', 'out');
    mkdirSync(join(world, 'a', 'out-evil'), { recursive: true });
    for (const path of outside) writeFileSync(join(world, 'a', path), 'untouched');
    const names = fc.sample(hostile, { numRuns: 5000, seed: 20_261_120 });

    const accepted = new Map<string, string>();
    for (const name of names) {
      const { value, diagnostics } = planOutput([{ path: name, content: 'x\n' }], out);
      if (value === undefined) {
        expect(diagnostics.map((each) => each.code)).toEqual(['OBS4104']);
        continue;
      }
      expect(isWithin(out, resolve(out, name))).toBe(true);
      accepted.set(foldPath(name), name);
    }
    // The names have to be hostile, and not all of them, for this to prove something.
    expect(accepted.size).toBeGreaterThan(200);
    expect(accepted.size).toBeLessThan(4000);
    expect(
      names.filter((name) => !isWithin(out, resolve(out, name.replaceAll('\0', '')))).length,
    ).toBeGreaterThan(200);

    for (const name of accepted.values()) {
      rmSync(out, { recursive: true, force: true });
      const { value } = planOutput([{ path: name, content: `${name}\n` }], out);
      if (value === undefined) throw new Error(`refused the second time: ${name}`);
      const { value: report } = await applyPlan(value);
      expect(report?.written).toContain(name);
      expect(readFileSync(join(out, name), 'utf8')).toBe(`${name}\n`);
    }
    expect(readdirSync(world)).toEqual(['a']);
    expect(readdirSync(join(world, 'a')).sort()).toEqual(['evil', 'out', 'out-evil', 'secret']);
    expect(readdirSync(join(world, 'a', 'out-evil'))).toEqual(['secret']);
    for (const path of outside) expect(readFileSync(join(world, 'a', path), 'utf8')).toBe('untouched');
  });
});
