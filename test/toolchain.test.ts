import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rmSync } from 'node:fs';
import { compile } from '../src/compile.js';
import type { OutputFile } from '../src/emit/emitter.js';
import { emitters } from '../src/emit/index.js';
import { foldersIn, writeTree } from './support/directory.js';
import { isCopyOfRuntime } from './support/copied-runtime.js';
import { testToday } from './support/model.js';
import { missingProgram } from './support/program.js';
import { withSharedRuntime } from './support/shared-runtime.js';

/** What every case compiles to is given to the programs that have to read it: TypeScript, prettier, promtool. */
const cases = join(import.meta.dirname, 'cases');
/** Inside the project, so that the generated imports find prom-client and @opentelemetry/api. */
const out = join(import.meta.dirname, '.out');

/** Every flag that a strict project may have set. */
const strictest: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
};

/** Tests of rules are run by promtool elsewhere. */
const wanted = emitters.map(({ id }) => id).filter((id) => id !== 'prometheus-tests');

const trees = new Map<string, readonly OutputFile[]>();
const paths = (name: string, pattern: RegExp): string[] =>
  (trees.get(name) ?? []).filter((file) => pattern.test(file.path)).map((file) => join(out, name, file.path));

/** One program for all trees: what they have in common, the types of Node and of the packages, is read once. */
let problems: readonly { readonly file: string; readonly text: string }[] = [];

beforeAll(() => {
  for (const name of foldersIn(cases)) {
    const files = compile(join(cases, name, 'observability.yaml'), testToday, wanted).files ?? [];
    trees.set(name, files);
  }
  for (const [name, files] of withSharedRuntime(trees))
    writeTree(join(out, name), new Map(files.map((file) => [file.path, file.content])));
  const program = ts.createProgram(
    [...trees.keys()].flatMap((name) => paths(name, /\.ts$/)),
    strictest,
  );
  problems = ts.getPreEmitDiagnostics(program).map((each) => ({
    file: each.file?.fileName ?? '',
    text: ts.flattenDiagnosticMessageText(each.messageText, '\n'),
  }));
});

afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

/** Texts that prettier was given already: most trees have the same runtime. */
const formatted = new Set<string>();

it('compiles to nothing that is wrong outside of the trees', () => {
  expect(problems.filter(({ file }) => !file.startsWith(out))).toEqual([]);
});

describe.each(foldersIn(cases))('%s', (name) => {
  it('compiles under every strict flag', () => {
    expect(paths(name, /\.ts$/).length).toBeGreaterThan(0);
    expect(problems.filter(({ file }) => file.startsWith(join(out, name, '/')))).toEqual([]);
  });

  it('is what prettier would write', async () => {
    const config = await resolveConfig(join(import.meta.dirname, '..', 'package.json'));
    for (const file of (trees.get(name) ?? []).filter((each) => each.path.endsWith('.ts'))) {
      if (formatted.has(file.content) || isCopyOfRuntime(file)) continue;
      formatted.add(file.content);
      expect(await format(file.content, { ...config, filepath: file.path }), file.path).toBe(file.content);
    }
  });

  it.skipIf(missingProgram('promtool'))('has rules that promtool accepts', () => {
    const rules = paths(name, /^prometheus\/rules\/.*\.yaml$/);
    if (rules.length === 0) return;
    const { status, stdout, stderr } = spawnSync(
      'promtool',
      ['check', 'rules', '--lint=all', '--lint-fatal', ...rules],
      {
        encoding: 'utf8',
      },
    );
    expect(status, stdout + stderr).toBe(0);
  });
});
