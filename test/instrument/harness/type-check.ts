import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { casesRoot, type Case } from './case-folder.js';
import { helpersOf } from './generated-helpers.js';

/** What the compiler says of a file. */
export interface Types {
  /** Sorted, without the lines: those move. */
  readonly errors: readonly string[];
  /** Its declarations; undefined where there are none, as of a file with errors in it. */
  readonly declarations: string | undefined;
}

type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** By case and file. */
export type TypesOfCases = Map<string, Map<string, Types>>;

/** Sources that are the same for all programs: of the language, of packages, of the runtime. */
const shared = new Map<string, ts.SourceFile | undefined>();
const repository = join(casesRoot, '..', '..', '..');

/**
 * Type-checks the files of cases as they were and as they are, all with the same options in one program: what has been instrumented
 * seems to stand in a folder beside. The generated helpers exist in memory only.
 */
export function typesOf(
  cases: readonly Case[],
  texts: Readonly<Record<'before' | 'after', Texts>>,
): Readonly<Record<'before' | 'after', TypesOfCases>> {
  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    const key = JSON.stringify({ ...each.options, configFilePath: '' });
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const results = {
    before: new Map<string, Map<string, Types>>(),
    after: new Map<string, Map<string, Types>>(),
  };
  for (const group of groups.values()) check(group, texts, results);
  return results;
}

function check(
  cases: readonly Case[],
  texts: Readonly<Record<'before' | 'after', Texts>>,
  results: Readonly<Record<'before' | 'after', TypesOfCases>>,
): void {
  const [{ options: given } = { options: {} }] = cases;
  const options: ts.CompilerOptions = {
    ...given,
    noEmit: false,
    emitDeclarationOnly: true,
    declaration: true,
  };
  const virtual = new Map<string, string>();
  const folders = new Map<string, string>();
  const roots: string[] = [];
  const add = (path: string, text: string): void => {
    virtual.set(path, text);
    roots.push(path);
  };
  for (const { name, folder, spec, isCommonJs } of cases) {
    const { id, files } = helpersOf(spec);
    for (const { path, content } of files) virtual.set(join(casesRoot, '.generated', id, path), content);
    const behaviour = readFileSync(join(folder, 'behaviour.ts'), 'utf8');
    for (const time of times) {
      const place = folder + suffixes[time];
      folders.set(place, join(casesRoot, '.generated', id));
      virtual.set(join(place, 'package.json'), `{ "type": "${isCommonJs ? 'commonjs' : 'module'}" }`);
      for (const [path, text] of texts[time].get(name) ?? []) add(join(place, path), text);
      add(join(place, 'behaviour.ts'), behaviour);
    }
  }
  const program = ts.createProgram({ rootNames: roots, options, host: hostOf(options, virtual, folders) });
  for (const { name, folder } of cases) {
    for (const time of times) {
      const found = new Map<string, Types>();
      for (const path of [...(texts[time].get(name)?.keys() ?? []), 'behaviour.ts']) {
        const source = program.getSourceFile(join(folder + suffixes[time], path));
        if (source !== undefined) found.set(path, typesOfFile(program, source));
      }
      results[time].set(name, found);
    }
  }
}

const times = ['before', 'after'] as const;
const suffixes = { before: '', after: '.after' } as const;

function typesOfFile(program: ts.Program, source: ts.SourceFile): Types {
  const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .map(
      ({ code, messageText }) =>
        `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ').replaceAll('.after/', '/')}`,
    )
    .sort();
  return { errors, declarations: isChecked(program, source) ? declarationsOf(program, source) : undefined };
}

/** Declarations of JavaScript that nobody checks are guesses. */
function isChecked(program: ts.Program, { fileName, text }: ts.SourceFile): boolean {
  if (basename(fileName) === 'behaviour.ts') return false;
  return (
    !/\.[cm]?jsx?$/.test(fileName) ||
    program.getCompilerOptions().checkJs === true ||
    text.includes('@ts-check')
  );
}

/**
 * The declarations of a file. Comments at its top go with the first statement, which may be an import that declarations do without; and a
 * default export gets a name, which nobody can import.
 */
function declarationsOf(program: ts.Program, source: ts.SourceFile): string | undefined {
  let declarations: string | undefined;
  program.emit(source, (_, text) => (declarations = text), undefined, true);
  return declarations
    ?.replace(/^(?:\/\*[^]*?\*\/\s*|\/\/.*\n)+/, '')
    .replace(/^(export default function) \w+/m, '$1 ');
}

function hostOf(
  options: ts.CompilerOptions,
  virtual: ReadonlyMap<string, string>,
  folders: ReadonlyMap<string, string>,
): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  const libraries = join(repository, 'node_modules', 'typescript', 'lib');
  const cache = ts.createModuleResolutionCache(repository, (name) => name, options);
  const host: ts.CompilerHost = {
    ...disk,
    getDefaultLibLocation: () => libraries,
    getDefaultLibFileName: (given) => join(libraries, ts.getDefaultLibFileName(given)),
    fileExists: (path) => virtual.has(path) || disk.fileExists(path),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    readFile: (path) => virtual.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language) => {
      const text = virtual.get(path);
      if (text !== undefined && !path.includes('/.generated/'))
        return ts.createSourceFile(path, text, language, true);
      const format = typeof language === 'object' ? String(language.impliedNodeFormat) : '';
      const key = `${format} ${path}`;
      if (!shared.has(key)) shared.set(key, sourceAt(path, text, language));
      return shared.get(key);
    },
    resolveModuleNameLiterals: (literals, containing, redirected, compilerOptions, file) =>
      literals.map((literal) => {
        const generated = generatedFile(literal.text, containing, folders);
        if (generated !== undefined)
          return { resolvedModule: { resolvedFileName: generated, extension: ts.Extension.Ts } };
        const mode = ts.getModeForUsageLocation(file, literal, compilerOptions);
        return ts.resolveModuleName(literal.text, containing, compilerOptions, host, cache, redirected, mode);
      }),
  };
  return host;
}

function sourceAt(
  path: string,
  text: string | undefined,
  language: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  try {
    return ts.createSourceFile(path, text ?? readFileSync(path, 'utf8'), language, true);
  } catch {
    return undefined;
  }
}

/** Where the helpers of a case's spec are, for an import in one of its files or in the helpers themselves. */
function generatedFile(
  specifier: string,
  containing: string,
  folders: ReadonlyMap<string, string>,
): string | undefined {
  const folder = dirname(containing);
  if (folder.includes('/.generated/')) {
    const runtime = /^\.\/runtime\/(.+)\.js$/.exec(specifier)?.[1];
    if (runtime !== undefined) return join(repository, 'src', 'runtime', `${runtime}.ts`);
    return /^\.\/.+\.js$/.test(specifier) ? join(folder, specifier.replace(/\.js$/, '.ts')) : undefined;
  }
  const name = /(?:^|\/)generated\/(\w+)(?:\.[cm]?[jt]s)?$/.exec(specifier)?.[1];
  const target = name === undefined ? undefined : folders.get(folder);
  return target === undefined ? undefined : join(target, `${name ?? ''}.ts`);
}
