import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ts } from 'ts-morph';
import { expect, it } from 'vitest';
import { bundledLibrary } from '../../../src/instrument/apply/types/library.js';
import { foldersIn, readTree } from '../../support/directory.js';
import { compiled } from './adopt-case.js';

const folder = 'test/instrument/adopt/cases';
const helpers = compiled(readFileSync(join(folder, '../spec.yaml'), 'utf8')).helpers;
const options: ts.CompilerOptions = {
  ...{ strict: true, skipLibCheck: true, noEmit: true, types: ['node'], target: ts.ScriptTarget.ESNext },
  ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  ...{ lib: ['lib.esnext.d.ts'], allowImportingTsExtensions: true },
};

/** What does not change from one program to the next. */
const parsed = new Map<string, ts.SourceFile>();

/** The errors in files of all cases at once, each with its code and text; `generated` of any case is that of the one spec. */
function errorsIn(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const library = bundledLibrary();
  const root = posix.join(process.cwd(), 'test/instrument/adopt/.virtual');
  const generated = new Map([...helpers].map(([path, text]) => [`${root}/generated/${path}`, text]));
  const own = new Map([...files].map(([path, text]) => [`${root}/${path}`, text]));
  const textOf = (path: string): string | undefined =>
    own.get(path) ?? generated.get(path) ?? library.textOf(path);
  const base = ts.createCompilerHost(options, false);
  const host: ts.CompilerHost = {
    ...base,
    getDefaultLibLocation: () => library.folder,
    getDefaultLibFileName: (given) => `${library.folder}/${ts.getDefaultLibFileName(given)}`,
    fileExists: (path) => textOf(path) !== undefined || base.fileExists(path),
    directoryExists: (path) => path.startsWith(root) || base.directoryExists?.(path) === true,
    readFile: (path) => textOf(path) ?? base.readFile(path),
    getSourceFile(path, languageVersion) {
      const seen = own.has(path) ? undefined : parsed.get(path);
      if (seen !== undefined) return seen;
      const text = textOf(path) ?? base.readFile(path);
      if (text === undefined) return undefined;
      const source = ts.createSourceFile(path, text, languageVersion);
      if (!own.has(path)) parsed.set(path, source);
      return source;
    },
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => {
        const [, name] = /^\.{1,2}\/(?:\.\.\/)*generated\/(\w+)/.exec(text) ?? [];
        const isOurs = name !== undefined && own.has(containing);
        const from = isOurs ? `${root}/index.ts` : containing;
        return ts.resolveModuleName(isOurs ? `./generated/${name}` : text, from, options, host);
      }),
  };
  const program = ts.createProgram({ rootNames: [...own.keys()], options, host });
  return new Map(
    [...own.keys()].map((path) => [
      path.slice(root.length + 1),
      program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map(({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
    ]),
  );
}

it('brings no type error', () => {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const name of foldersIn(folder)) {
    if (readTree(join(folder, name)).has('spec.yaml')) continue;
    const expected = readTree(join(folder, name, 'expected'));
    for (const [path, text] of readTree(join(folder, name, 'input'))) {
      if (!path.endsWith('.ts')) continue;
      before.set(`${name}/${path}`, text);
      after.set(`${name}/${path}`, expected.get(path) ?? text);
    }
  }
  const old = errorsIn(before);
  for (const [path, errors] of errorsIn(after))
    expect(
      errors.filter((error) => old.get(path)?.includes(error) !== true),
      path,
    ).toEqual([]);
  // The check would notice: what a label is not given is an error.
  const wrong = new Map([
    ['wrong/app.ts', `import { metrics } from './generated/metrics.js';\nmetrics.queueDepth.inc({});\n`],
  ]);
  expect(errorsIn(wrong).get('wrong/app.ts')).toHaveLength(1);
});
