import { ts } from 'ts-morph';
import type { ParsedFile } from '../find/parsed-file.js';

const importedBy = new WeakMap<ts.SourceFile, readonly string[]>();

/** The modules that a file imports, by whatever form: `import`, `export from`, `import()`, `require()`, `import x = require()`. */
export function importedModules({ source, text }: ParsedFile): readonly string[] {
  const known = importedBy.get(source);
  if (known !== undefined) return known;
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const modules = importedFiles.map(({ fileName }) => fileName);
  importedBy.set(source, modules);
  return modules;
}
