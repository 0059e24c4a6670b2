import { readFileSync } from 'node:fs';
import { ts } from 'ts-morph';
import { sha256 } from '../../output/hash.js';
import { bundledLibrary } from '../apply/types/library.js';
import { projectFinder } from '../apply/types/projects.js';
import type { FileNote } from '../find/file-note.js';
import type { ListedFile } from '../find/list-files.js';
import { FileFault, parseFile } from '../find/parse-file.js';

/** A file of the code that is looked through. */
export interface CodeFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Absolute, with `/`. */
  readonly absolute: string;
  /** With parents. */
  readonly source: ts.SourceFile;
  readonly hasByteOrderMark: boolean;
  /** SHA-256 of the bytes that were read. */
  readonly hash: string;
  /** Whether the run may change it: `instrument.include`, `instrument.exclude` and the paths of the command line admit it. */
  readonly isEditable: boolean;
}

/** All files of a code base as one program: a name leads to where it is declared, over imports, re-exports and projects. */
export interface CodeBase {
  readonly checker: ts.TypeChecker;
  readonly files: readonly CodeFile[];
  readonly notes: readonly FileNote[];
  /** Texts of files that could not be parsed: what they use is not known. */
  readonly unread: readonly { readonly path: string; readonly text: string }[];
  fileOf(node: ts.Node): CodeFile | undefined;
}

/** What tells how things are found, whatever else a project asks for: JavaScript is followed as well, and absence is a type. */
const ownOptions: ts.CompilerOptions = {
  allowJs: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ESNext,
  // What browsers have is half of the library, and no metric is made of it.
  lib: ['lib.esnext.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.Preserve,
  maxNodeModuleJsDepth: 0,
};

/** Reads files into one program. Modules are looked for as the project of each file says, its `paths` above all. */
export function codeBaseOf(
  root: string,
  listed: readonly (ListedFile & { readonly isEditable: boolean })[],
): CodeBase {
  const notes: FileNote[] = [];
  const unread: { path: string; text: string }[] = [];
  const files = new Map<string, CodeFile>();
  for (const { path, absolute, isEditable } of listed) {
    const bytes = readFileSync(absolute);
    try {
      const { text, hasByteOrderMark } = parseFile(path, bytes);
      const name = absolute.replaceAll('\\', '/');
      const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
      files.set(name, { path, absolute: name, source, hasByteOrderMark, hash: sha256(bytes), isEditable });
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      notes.push(error.note);
      unread.push({ path, text: bytes.toString('utf8') });
    }
  }
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options: ownOptions,
    host: hostOf(root, files),
  });
  return {
    checker: program.getTypeChecker(),
    files: [...files.values()],
    notes,
    unread,
    fileOf: (node) => files.get(node.getSourceFile().fileName),
  };
}

/** Declarations of the language and of packages: most of what there is to parse, and the same for every code base of a process. */
const declarations = new Map<string, ts.SourceFile>();

function declarationFile(path: string, text: string): ts.SourceFile {
  const known = declarations.get(path);
  if (known?.text === text) return known;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  declarations.set(path, source);
  return source;
}

function hostOf(root: string, files: ReadonlyMap<string, CodeFile>): ts.CompilerHost {
  const library = bundledLibrary();
  const base = ts.createCompilerHost(ownOptions, false);
  const projectOf = projectFinder();
  const host: ts.CompilerHost = {
    ...base,
    writeFile: () => undefined,
    // From here on packages of types are looked for.
    getCurrentDirectory: () => root,
    getDefaultLibLocation: () => library.folder,
    getDefaultLibFileName: (given) => `${library.folder}/${ts.getDefaultLibFileName(given)}`,
    fileExists: (path) => library.textOf(path) !== undefined || base.fileExists(path),
    readFile: (path) => library.textOf(path) ?? base.readFile(path),
    getSourceFile(path, languageVersion) {
      const own = files.get(path);
      if (own !== undefined) return own.source;
      const text = library.textOf(path) ?? base.readFile(path);
      if (text === undefined) return undefined;
      return path.endsWith('.d.ts')
        ? declarationFile(path, text)
        : ts.createSourceFile(path, text, languageVersion, true);
    },
    resolveModuleNameLiterals(literals, containing) {
      const options = { ...ownOptions, ...waysOf(projectOf(containing)?.options) };
      return literals.map(({ text }) => ts.resolveModuleName(text, containing, options, host));
    },
  };
  return host;
}

/** Where a project's own names of modules lead. */
function waysOf(options: ts.CompilerOptions | undefined): ts.CompilerOptions {
  const keys = ['paths', 'baseUrl', 'pathsBasePath'];
  return Object.fromEntries(
    keys.map((key) => [key, options?.[key]] as const).filter(([, value]) => value !== undefined),
  );
}

/** Identifiers and keys of a file by their text, so that a name is found without walking through all of it again. */
const indexes = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Node[]>>();

export function nodesNamed(source: ts.SourceFile, name: string): readonly ts.Node[] {
  let index = indexes.get(source);
  if (index === undefined) {
    if (!source.text.includes(name)) return [];
    index = indexOf(source);
    indexes.set(source, index);
  }
  return index.get(name) ?? [];
}

function indexOf(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Node[]> {
  const index = new Map<string, ts.Node[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || isKey(node)) {
      const same = index.get(node.text);
      if (same === undefined) index.set(node.text, [node]);
      else same.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return index;
}

/** `metrics['requests']` and `{ 'requests': … }`. */
function isKey(node: ts.Node): node is ts.StringLiteralLike {
  if (!ts.isStringLiteralLike(node)) return false;
  const { parent } = node;
  return (
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node) ||
    (ts.isPropertyDeclaration(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
}

/** Line of a node's beginning, from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
