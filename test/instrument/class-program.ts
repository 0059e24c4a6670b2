import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Where files appear to lie: inside the repository, so that packages are found, though nothing is written. */
const root = join(fileURLToPath(new URL('../..', import.meta.url)), 'test', '.virtual', 'classes');

const strictest: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  declaration: true,
  skipLibCheck: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  allowUnreachableCode: false,
  isolatedModules: true,
};

/** The generated module, with one span. */
const instrument = `
import type { SpanHelper } from '../../../../src/runtime/traces/span.js';
export * from '../../../../src/runtime/instrument/index.js';
export declare function traced(observed: unknown, attributes?: object): import('../../../../src/runtime/decorators/index.js').MethodDecorator;
export declare const spans: { readonly work: SpanHelper<{ readonly text?: string | undefined }, never> };
`;

/** What the compiler says of a file. */
export interface Compiled {
  readonly errors: readonly string[];
  readonly declarations: string;
}

const sources = new Map<string, ts.SourceFile>();

/** Type-checks files that exist in memory only, and writes their declarations. */
export function compiled(
  files: Readonly<Record<string, string>>,
  extra: ts.CompilerOptions = {},
): Readonly<Record<string, Compiled>> {
  const options: ts.CompilerOptions = { ...strictest, ...extra };
  const texts = new Map(Object.entries(files).map(([path, text]) => [join(root, path), text]));
  texts.set(join(root, 'generated', 'instrument.ts'), instrument);
  texts.set(join(root, 'package.json'), '{ "type": "module" }');
  const disk = ts.createCompilerHost(options);
  const folders = new Set([root, dirname(root), join(root, 'generated')]);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, language, true);
      const known = sources.get(path) ?? disk.getSourceFile(path, language);
      if (known !== undefined) sources.set(path, known);
      return known;
    },
  };
  const names = Object.keys(files);
  const program = ts.createProgram({ rootNames: names.map((name) => join(root, name)), options, host });
  const result: Record<string, Compiled> = {};
  for (const name of names) {
    const source = program.getSourceFile(join(root, name));
    let declarations = '';
    program.emit(source, (path, text) => {
      if (path.endsWith('.d.ts')) declarations = text;
    });
    const errors = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
      ...program.getDeclarationDiagnostics(source),
    ];
    result[name] = {
      declarations,
      errors: errors.map(
        ({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      ),
    };
  }
  return result;
}
