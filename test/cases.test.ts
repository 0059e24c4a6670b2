import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../src/compile.js';
import { renderPretty } from '../src/diagnostics/render/pretty.js';
import { emitters } from '../src/emit/index.js';
import { foldersIn, readTree, updating, writeTree } from './support/directory.js';
import { isLong } from './support/long.js';
import { testToday } from './support/model.js';

/**
 * One folder a case: a spec, and in expected/ the whole tree that it compiles to, beside expected.txt where it has warnings. The
 * vendored runtime is the same in every case and is held against src/runtime once, in its own test. Tests of rules take as long as all the rest:
 * they are made and compared in the case of that name, and in test/prove those of other specs are simulated; the long run makes all.
 * `UPDATE=1 npx vitest run test/cases.test.ts` writes the trees anew.
 */
const root = join(import.meta.dirname, 'cases');
/** The case whose tests of rules are compared, and the emitter of that name. */
const testsOfRules = 'prometheus-tests';
const others = emitters.map(({ id }) => id).filter((id) => id !== testsOfRules);
const home = process.cwd();

describe.each(foldersIn(root))('%s', (folder) => {
  const outputs = isLong || folder === testsOfRules ? undefined : others;
  let compiled: ReturnType<typeof compile>;

  beforeAll(() => {
    process.chdir(join(root, folder));
    compiled = compile('observability.yaml', testToday, outputs);
  });

  afterAll(() => {
    process.chdir(home);
  });

  it('compiles to the expected tree', () => {
    const { files, diagnostics } = compiled;
    if (files === undefined) throw new Error(renderPretty(diagnostics, { color: false }));
    const actual = new Map(
      files
        .filter(({ path }) => !path.startsWith('runtime/'))
        .filter(({ path }) => folder === testsOfRules || !path.startsWith('prometheus/tests/'))
        .map((file) => [file.path, file.content]),
    );
    if (diagnostics.length > 0) actual.set('warnings.txt', renderPretty(diagnostics, { color: false }));
    if (updating) writeTree('expected', actual);
    const expected = readTree('expected');
    expect([...actual.keys()].sort()).toEqual([...expected.keys()]);
    for (const [path, content] of expected) expect(actual.get(path), path).toBe(content);
  });

  it('compiles to the same bytes again', () => {
    expect(compile('observability.yaml', testToday, outputs).files).toEqual(compiled.files);
  });
});

it.each(emitters.map((emitter) => emitter.id))('emitter %s has a case of its own', (id) => {
  expect(existsSync(join(root, id, 'observability.yaml'))).toBe(true);
});
