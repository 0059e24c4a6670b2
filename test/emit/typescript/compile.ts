import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { OutputFile } from '../../../src/emit/emitter.js';
import { compileFolder, compilers, ownCompiler, type Compiler } from '../../support/compilers.js';
import { writeTree } from '../../support/directory.js';

/** Where files appear to lie: inside the repository, so that packages are found, though nothing is written. */
const root = join(fileURLToPath(new URL('../../..', import.meta.url)), 'test', '.virtual');

/** Every flag that makes the compiler stricter, but for the module format. */
const strictest: ts.CompilerOptions = {
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
  declaration: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noUncheckedSideEffectImports: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
  forceConsistentCasingInFileNames: true,
};

/** The ways in which a service may be compiled. */
export const formats: Readonly<
  Record<string, ts.CompilerOptions & { readonly packageType: 'module' | 'commonjs' }>
> = {
  'ESM in Node': {
    ...strictest,
    packageType: 'module',
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    verbatimModuleSyntax: true,
  },
  // With verbatimModuleSyntax a CommonJS file may have no import at all, whoever wrote it.
  'CommonJS in Node': {
    ...strictest,
    packageType: 'commonjs',
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  },
  'a bundler': {
    ...strictest,
    packageType: 'module',
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    verbatimModuleSyntax: true,
  },
  'CommonJS with node10': {
    ...strictest,
    packageType: 'commonjs',
    module: ts.ModuleKind.CommonJS,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- services still have it
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: '6.0',
    // What older configurations have: the language of 2020, and Node's declarations.
    lib: ['lib.es2020.d.ts'],
    types: ['node'],
  },
};

const sources = new Map<string, ts.SourceFile>();

/**
 * Compiles files that exist in memory only, against the packages of this repository.
 * @returns the diagnostics as `file(line): TS1234 text`
 */
export function compile(
  files: readonly OutputFile[],
  options: (typeof formats)[string],
  extra: ts.CompilerOptions = {},
): string[] {
  const { packageType, ...rest } = options;
  const settings: ts.CompilerOptions = { ...rest, ...extra };
  const texts = new Map(files.map(({ path, content }) => [join(root, path), content]));
  texts.set(join(root, 'package.json'), JSON.stringify({ name: 'service', type: packageType }));
  const folders = new Set([root, ...[...texts.keys()].map((path) => dirname(path))]);
  const disk = ts.createCompilerHost(settings);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, language, true);
      // Declarations of packages and of the language are the same for all formats but for their module kind.
      const key = `${String(settings.module)} ${packageType} ${path}`;
      const known = sources.get(key) ?? disk.getSourceFile(path, language);
      if (known !== undefined) sources.set(key, known);
      return known;
    },
  };
  const program = ts.createProgram({
    rootNames: [...texts.keys()].filter((path) => path.endsWith('.ts')),
    options: settings,
    host,
  });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0, code, messageText } = diagnostic;
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    const name = file === undefined ? '' : file.fileName.replace(`${root}/`, '');
    return `${name}(${line}): TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

type Options = (typeof formats)[string];

/** The same options as a tsconfig.json has them. */
function asWritten({
  target,
  module,
  moduleResolution,
  lib,
  ...rest
}: ts.CompilerOptions): Record<string, unknown> {
  const name = (of: Readonly<Record<number, string>>, value: number | undefined): string | undefined =>
    value === undefined ? undefined : of[value];
  return {
    ...rest,
    target: name(ts.ScriptTarget, target),
    module: name(ts.ModuleKind, module),
    moduleResolution: name(ts.ModuleResolutionKind, moduleResolution),
    lib: lib?.map((each) => each.replace(/^lib\.(.*)\.d\.ts$/, '$1')),
  };
}

/** What the compiler is told of a format; the package's type stands in its package.json. */
function compilerOptions(format: Options): ts.CompilerOptions {
  return Object.fromEntries(Object.entries(format).filter(([name]) => name !== 'packageType'));
}

/** TypeScript 7 has no node10 any more, and 5.9 does not deprecate it yet. */
function optionsFor({ name }: Compiler, format: Options): ts.CompilerOptions | undefined {
  const { ignoreDeprecations, ...options } = compilerOptions(format);
  if (ignoreDeprecations === undefined) return options;
  if (name === '7.0') return undefined;
  return name === '5.9' ? options : { ...options, ignoreDeprecations };
}

let compiled = 0;

/**
 * Compiles files with every compiler that is tried and knows the format, each against the packages of this repository.
 * @returns the diagnostics as `file: (line,column): error TS1234: text`, below the version that has them
 */
export async function compileWithAll(
  files: readonly OutputFile[],
  format: Options,
  extra: ts.CompilerOptions = {},
): Promise<readonly string[]> {
  const known = compilers.filter((compiler) => optionsFor(compiler, format) !== undefined);
  const folder = join(root, '..', '.out', `compile-${process.pid}-${(compiled += 1)}`);
  const manifest = JSON.stringify({ name: 'service', type: format.packageType });
  const found: string[] = [];
  try {
    writeTree(
      folder,
      new Map([...files.map(({ path, content }) => [path, content] as const), ['package.json', manifest]]),
    );
    for (const compiler of known.length === 0 ? [ownCompiler] : known) {
      const options = asWritten({ ...optionsFor(compiler, format), ...extra });
      const problems = await compileFolder(compiler, folder, options);
      found.push(...problems.map(({ file, text }) => `${compiler.name}: ${file}: ${text}`));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}
