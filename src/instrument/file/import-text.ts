import type { Edit } from '../edit.js';
import type { FileFacts, WrittenFile } from './context.js';
import { importPlace, type ImportPlace } from './import-place.js';
import { isNodeModule } from './module-facts.js';

/** The edit that imports what the shapes have asked for, in the file's own style; undefined: nothing has to be imported. */
export function importEdit(file: WrittenFile): Edit | undefined {
  const text = importText(file);
  if (text === undefined) return undefined;
  const { facts } = file;
  const { isCommonJs, importForm } = facts.module;
  const place = importPlace(facts.source, importForm === 'import' && !isCommonJs);
  // Of all that is put in at one place, the import comes first.
  return { start: place.at, end: place.at, text: placed(text, place, file), side: 'close', extent: -1 };
}

function placed(text: string, { kind }: ImportPlace, file: WrittenFile): string {
  const end = kind === 'inline' || file.semicolons ? ';' : '';
  switch (kind) {
    case 'line after':
      return `${file.newline}${text}${end}`;
    case 'first':
      return `${text}${end}${file.newline}${file.newline}`;
    case 'inline':
      return ` ${text}${end}`;
  }
}

function importText(file: WrittenFile): string | undefined {
  const { facts, importedModule } = file;
  if (importedModule !== undefined) return `import ${importedModule} = require(${specifier(file)})`;
  const names = [...file.imported].sort(([a], [b]) => (a < b ? -1 : 1));
  if (names.length === 0) return undefined;
  const isRequired = facts.module.importForm === 'require';
  const bindings = names.map(([helper, name]) => {
    if (helper === name) return name;
    return isRequired ? `${helper}: ${name}` : `${helper} as ${name}`;
  });
  const list = `{ ${bindings.join(', ')} }`;
  return isRequired
    ? `const ${list} = require(${specifier(file)})`
    : `import ${list} from ${specifier(file)}`;
}

function specifier(file: WrittenFile): string {
  const { facts } = file;
  const written = facts.specifiers.write('instrument', facts.taken, fallbackExtension(facts));
  return `${file.quote}${written}${file.quote}`;
}

/** For a file that imports no module of its own project: what the module resolution asks for. */
export function fallbackExtension({ module }: FileFacts): string {
  const { folder, importForm, isTyped } = module;
  const { options } = folder;
  if (!isTyped) return importForm === 'import' ? '.js' : '';
  const asksForExtension = options === undefined ? folder.packageType === 'module' : isNodeModule(folder);
  if (!asksForExtension) return '';
  const runsAsWritten =
    options?.allowImportingTsExtensions === true || options?.rewriteRelativeImportExtensions === true;
  return runsAsWritten ? '.ts' : '.js';
}
