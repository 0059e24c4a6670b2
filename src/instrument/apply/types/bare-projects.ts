import { join, relative, sep } from 'node:path';
import { ts } from 'ts-morph';
import { projectFinder, type Project } from './projects.js';
import { bundledLibrary } from './library.js';

/** A project as it is without anything that the codemod has put into it. */
export interface BareProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly source: ts.SourceFile;
}

/** Programs over the code without our insertions, so that a second run sees the types that the first one saw. */
export interface BareProjects {
  /** The program that a file belongs to. @param path relative to the root, with `/` */
  programOf(path: string): BareProgram | undefined;
}

/** @param strip takes our insertions out of a text; its path is relative to the root */
export function bareProjects(root: string, strip: (path: string, text: string) => string): BareProjects {
  const projectOf = projectFinder();
  const programs = new Map<Project, ts.Program>();
  const programFor = (project: Project): ts.Program => {
    const known = programs.get(project) ?? programWith(project, root, strip);
    programs.set(project, known);
    return known;
  };
  return {
    programOf(path) {
      const absolute = join(root, path);
      const project = projectOf(absolute);
      if (project === undefined) return undefined;
      const program = programFor(project);
      const source = program.getSourceFile(absolute.replaceAll('\\', '/'));
      return source === undefined ? undefined : { program, checker: program.getTypeChecker(), source };
    },
  };
}

function programWith(
  project: Project,
  root: string,
  strip: (path: string, text: string) => string,
): ts.Program {
  const library = bundledLibrary();
  const base = ts.createCompilerHost(project.options, false);
  const host: ts.CompilerHost = {
    ...base,
    writeFile: () => undefined,
    getDefaultLibLocation: () => library.folder,
    getDefaultLibFileName: (given) => `${library.folder}/${ts.getDefaultLibFileName(given)}`,
    fileExists: (path) => library.textOf(path) !== undefined || base.fileExists(path),
    readFile: (path) => library.textOf(path) ?? base.readFile(path),
    getSourceFile(path, languageVersion) {
      const own = library.textOf(path);
      if (own !== undefined) return ts.createSourceFile(path, own, languageVersion);
      const text = base.readFile(path);
      if (text === undefined) return undefined;
      const bare = project.files.has(path) ? strip(relative(root, path).split(sep).join('/'), text) : text;
      return ts.createSourceFile(path, bare, languageVersion);
    },
  };
  return ts.createProgram({
    rootNames: [...project.files],
    options: project.options,
    projectReferences: project.references,
    host,
  });
}
