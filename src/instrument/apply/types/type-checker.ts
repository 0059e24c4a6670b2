import { ts } from 'ts-morph';
import { bundledLibrary } from './library.js';
import type { Project } from './projects.js';

/** A type error as it is told. */
export interface TypeFault {
  readonly code: number;
  readonly message: string;
  /** From 1, in the text that was checked. */
  readonly line: number;
}

/** Checks files of a project, some of them with other texts than those on disk. */
export interface TypeChecker {
  /** The errors of files, by their absolute paths; `texts` stand in the place of what is on disk. */
  faultsIn(
    paths: readonly string[],
    texts: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, readonly TypeFault[]>;
}

/**
 * What has been parsed is kept from one check to the next, so that a second one costs little more than the files that changed.
 * @param unwritten files that are not on disk as they should be, by their absolute paths
 */
export function typeChecker(
  project: Project,
  unwritten: ReadonlyMap<string, string> = new Map(),
): TypeChecker {
  const library = bundledLibrary();
  const { options } = project;
  const base = ts.createCompilerHost(options, false);
  const onDisk = new Map<string, ts.SourceFile | undefined>();
  const overlaid = new Map<string, { readonly text: string; readonly source: ts.SourceFile }>();
  let texts: ReadonlyMap<string, string> = new Map();
  let program: ts.Program | undefined;

  const host: ts.CompilerHost = {
    ...base,
    writeFile: () => undefined,
    getDefaultLibLocation: () => library.folder,
    getDefaultLibFileName: (given) => `${library.folder}/${ts.getDefaultLibFileName(given)}`,
    fileExists: (path) => unwritten.has(path) || library.textOf(path) !== undefined || base.fileExists(path),
    directoryExists: (path) =>
      base.directoryExists?.(path) !== false ||
      [...unwritten.keys()].some((file) => file.startsWith(`${path}/`)),
    readFile: (path) => texts.get(path) ?? unwritten.get(path) ?? library.textOf(path) ?? base.readFile(path),
    getSourceFile(path, languageVersion) {
      const text = texts.get(path);
      if (text !== undefined) {
        const known = overlaid.get(path);
        if (known?.text === text) return known.source;
        const source = ts.createSourceFile(path, text, languageVersion);
        overlaid.set(path, { text, source });
        return source;
      }
      if (!onDisk.has(path)) {
        const found = unwritten.get(path) ?? library.textOf(path) ?? base.readFile(path);
        const source = found === undefined ? undefined : ts.createSourceFile(path, found, languageVersion);
        onDisk.set(path, source);
      }
      return onDisk.get(path);
    },
  };

  return {
    faultsIn(paths, given) {
      texts = given;
      program = ts.createProgram({
        rootNames: [...project.files],
        options,
        projectReferences: project.references,
        host,
        ...(program === undefined ? {} : { oldProgram: program }),
      });
      const checked = program;
      return new Map(paths.map((path) => [path, faultsOf(checked, path, options)]));
    },
  };
}

function faultsOf(program: ts.Program, path: string, options: ts.CompilerOptions): readonly TypeFault[] {
  const source = program.getSourceFile(path);
  if (source === undefined) return [];
  const found: ts.Diagnostic[] = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  if (options.declaration === true) found.push(...program.getDeclarationDiagnostics(source));
  return found
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map(({ code, messageText, start }) => ({
      code,
      message: ts.flattenDiagnosticMessageText(messageText, ' ', 0).split('\n', 1)[0] ?? '',
      line: source.getLineAndCharacterOfPosition(start ?? 0).line + 1,
    }));
}

/** Errors that are not there before: more of one kind than there were. What an old error says may change with the code around it. */
export function newFaults(before: readonly TypeFault[], after: readonly TypeFault[]): readonly TypeFault[] {
  const counts = new Map<number, number>();
  for (const { code } of before) counts.set(code, (counts.get(code) ?? 0) + 1);
  const messages = new Set(before.map(({ code, message }) => `${code} ${message}`));
  const fresh: TypeFault[] = [];
  for (const code of new Set(after.map((each) => each.code))) {
    const same = after.filter((each) => each.code === code);
    const more = same.length - (counts.get(code) ?? 0);
    if (more <= 0) continue;
    // Those that say something new come first.
    const isOld = (each: TypeFault): number => (messages.has(`${code} ${each.message}`) ? 1 : 0);
    fresh.push(...[...same].sort((a, b) => isOld(a) - isOld(b)).slice(0, more));
  }
  return fresh;
}
