import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rmSync } from 'node:fs';
import { compile } from '../src/compile.js';
import type { OutputFile } from '../src/emit/emitter.js';
import { emitters } from '../src/emit/index.js';
import { compileFolder, compilers, type Problem } from './support/compilers.js';
import { foldersIn, writeTree } from './support/directory.js';
import { isCopyOfRuntime } from './support/copied-runtime.js';
import { some } from './support/long.js';
import { testToday } from './support/model.js';
import { missingProgram } from './support/program.js';
import { withSharedRuntime } from './support/shared-runtime.js';

/** What every case compiles to is given to the programs that have to read it: TypeScript, prettier, promtool. */
const cases = join(import.meta.dirname, 'cases');
/** Inside the project, so that the generated imports find prom-client and @opentelemetry/api. */
const out = join(import.meta.dirname, '.out', 'toolchain');

/** Every flag that a strict project may have set. */
const strictest = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  rootDir: '.',
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

/** Where a compiler writes. */
const outputOf = (compiler: string): string => `out-${compiler}`;

/** One program for all trees: what they have in common, the types of Node and of the packages, is read once. By compiler. */
const problems = new Map<string, readonly Problem[]>();

beforeAll(async () => {
  for (const name of foldersIn(cases)) {
    const files = compile(join(cases, name, 'observability.yaml'), testToday, wanted).files ?? [];
    trees.set(name, files);
  }
  for (const [name, files] of withSharedRuntime(trees))
    writeTree(join(out, name), new Map(files.map((file) => [file.path, file.content])));
  for (const compiler of compilers) {
    const options = { ...strictest, outDir: outputOf(compiler.name) };
    problems.set(compiler.name, await compileFolder(compiler, out, options));
  }
});

afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

describe.each(compilers)('TypeScript $name', ({ name: compiler }) => {
  it('finds nothing wrong outside of the trees', () => {
    const inTrees = (file: string): boolean =>
      [...trees.keys()].some((name) => file.startsWith(join(out, name, '/')));
    expect(problems.get(compiler)?.filter(({ file }) => !inTrees(file))).toEqual([]);
  });

  it.each(foldersIn(cases))('finds nothing wrong in %s under every strict flag', (name) => {
    expect(paths(name, /\.ts$/).length).toBeGreaterThan(0);
    expect(problems.get(compiler)?.filter(({ file }) => file.startsWith(join(out, name, '/')))).toEqual([]);
  });

  it.each(some(foldersIn(cases), 3))('compiles %s to what Node can run', (name) => {
    const program = `
      const { telemetry } = await import(${JSON.stringify(join(out, outputOf(compiler), name, 'index.js'))});
      const { register } = await import('prom-client');
      await telemetry.start();
      const page = await register.metrics();
      await telemetry.shutdown();
      console.log(JSON.stringify({ lines: page.split('\\n').length, clashes: telemetry.stats().clashes }));
    `;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      {
        cwd: out,
        // Nobody is there to be sent to.
        env: { ...process.env, OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ clashes: [] });
  });
});

/** Texts that prettier was given already: most trees have the same runtime. */
const formatted = new Set<string>();

describe.each(foldersIn(cases))('%s', (name) => {
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
