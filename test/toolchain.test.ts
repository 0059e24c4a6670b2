import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rmSync } from 'node:fs';
import { compile } from '../src/compile.js';
import type { OutputFile } from '../src/emit/emitter.js';
import { foldersIn, writeTree } from './support/directory.js';
import { testToday } from './support/model.js';
import { missingProgram } from './support/program.js';

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

describe.each(foldersIn(cases))('%s', (name) => {
  let files: readonly OutputFile[] = [];
  const folder = join(out, name);

  beforeAll(() => {
    files = compile(join(cases, name, 'observability.yaml'), testToday).files ?? [];
    writeTree(folder, new Map(files.map((file) => [file.path, file.content])));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const paths = (pattern: RegExp): string[] =>
    files.filter((file) => pattern.test(file.path)).map((file) => join(folder, file.path));

  it('compiles under every strict flag', () => {
    const program = ts.createProgram(paths(/\.ts$/), strictest);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(
        (each) => `${each.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`,
      );
    expect(problems).toEqual([]);
  });

  it('is what prettier would write', async () => {
    const config = await resolveConfig(join(import.meta.dirname, '..', 'package.json'));
    for (const file of files.filter((each) => each.path.endsWith('.ts'))) {
      expect(await format(file.content, { ...config, filepath: file.path }), file.path).toBe(file.content);
    }
  });

  it.skipIf(missingProgram('promtool'))('has rules that promtool accepts', () => {
    const rules = paths(/^prometheus\/rules\/.*\.yaml$/);
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
