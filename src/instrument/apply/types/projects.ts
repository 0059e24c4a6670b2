import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';

/** A TypeScript project: what a tsconfig.json describes. */
export interface Project {
  readonly configPath: string;
  readonly options: ts.CompilerOptions;
  /** Absolute, with `/`. */
  readonly files: ReadonlySet<string>;
  readonly references: readonly ts.ProjectReference[];
}

const names = ['tsconfig.json', 'jsconfig.json'];

/** Finds the project of a file: that of the nearest tsconfig.json which includes it, itself or by a reference. */
export function projectFinder(): (path: string) => Project | undefined {
  const projects = new Map<string, Project | undefined>();
  const read = (configPath: string): Project | undefined => {
    if (!projects.has(configPath)) projects.set(configPath, readProject(configPath));
    return projects.get(configPath);
  };
  const within = (configPath: string, path: string, seen: Set<string>): Project | undefined => {
    if (seen.has(configPath)) return undefined;
    seen.add(configPath);
    const project = read(configPath);
    if (project === undefined || project.files.has(path)) return project;
    for (const reference of project.references) {
      const found = within(ts.resolveProjectReferencePath(reference), path, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (path) => {
    const file = path.replaceAll('\\', '/');
    const seen = new Set<string>();
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      for (const name of names) {
        const configPath = join(folder, name);
        if (!ts.sys.fileExists(configPath)) continue;
        const found = within(configPath, file, seen);
        if (found?.files.has(file) === true) return found;
      }
      if (dirname(folder) === folder) return undefined;
    }
  };
}

function readProject(configPath: string): Project | undefined {
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(configPath, {}, host);
  if (parsed === undefined) return undefined;
  // Nothing is written, so nothing of what is written before counts.
  const options = { ...parsed.options };
  delete options.tsBuildInfoFile;
  return {
    configPath,
    options: { ...options, noEmit: true, incremental: false, composite: false },
    files: new Set(parsed.fileNames.map((file) => file.replaceAll('\\', '/'))),
    references: parsed.projectReferences ?? [],
  };
}
