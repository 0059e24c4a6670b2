import { realpathSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Outcome, Range } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import { limits } from '../limits.js';
import type { Located, LocatedScalar } from '../located.js';
import { type ParsedFile, parseFile } from '../yaml/parse.js';
import { alternatives, quoted } from '../quote.js';
import { readSource } from '../yaml/read.js';
import { languageSchema } from '../schema/schema.js';
import { listedAt } from './listed.js';
import { checkSecrets, maskSecrets, withoutSecrets } from '../secrets.js';

/** Where files come from: a disk, or a map in memory. */
export interface FileStore {
  /** A file by its identity. */
  read(id: string): Outcome<SourceFile>;
  /** The identity of a file that another one names. */
  resolve(from: string, path: string): string;
  /** The identity of the file that a link leads to; the file's own where it is no link or does not exist. */
  target(id: string): string;
}

/** Files of the disk; their identity is their absolute path. */
export const diskFiles: FileStore = {
  read: (id) => readSource(id, shownPath(id)),
  resolve: (from, path) => resolve(dirname(from), path),
  target: linkTarget,
};

function linkTarget(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function shownPath(path: string): string {
  return relative(process.cwd(), path).split(sep).join('/') || path;
}

/** Files in memory, by paths with `/`. */
export function memoryFiles(files: ReadonlyMap<string, string>): FileStore {
  return {
    read(id) {
      const text = files.get(id);
      if (text !== undefined) return { value: new SourceFile(id, text), diagnostics: [] };
      const range = { source: new SourceFile(id, ''), start: 0, end: 0 };
      return {
        value: undefined,
        diagnostics: [
          diagnostic('OBS1002', { message: `${id} cannot be read: there is no such file`, range }),
        ],
      };
    },
    resolve: (from, path) => posix.join(posix.dirname(from), path),
    target: (id) => id,
  };
}

/** A spec file with everything that it imports, the file itself first. */
export interface FileSet {
  readonly files: readonly (ParsedFile & { readonly source: SourceFile })[];
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a file that was read holds no tree: what the spec lacks may stand in it. */
  readonly isIncomplete: boolean;
}

interface Visit {
  readonly store: FileStore;
  readonly files: (ParsedFile & { readonly source: SourceFile })[];
  readonly sources: SourceFile[];
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
  characters: number;
  isIncomplete: boolean;
}

/** Reads a spec file and what it imports, each file once, however many import it. */
export function readFiles(store: FileStore, main: string): FileSet {
  const visit: Visit = {
    store,
    files: [],
    sources: [],
    diagnostics: [],
    seen: new Set([main]),
    characters: 0,
    isIncomplete: false,
  };
  const outcome = store.read(main);
  visit.diagnostics.push(...outcome.diagnostics);
  if (outcome.value !== undefined) readTree(visit, main, outcome.value, [main]);
  const { files, sources, diagnostics, isIncomplete } = visit;
  return { files, sources, diagnostics, isIncomplete };
}

function readTree(visit: Visit, id: string, source: SourceFile, chain: readonly string[]): void {
  visit.sources.push(source);
  visit.characters += source.text.length;
  const parsed = parseWithoutSecrets(source);
  visit.diagnostics.push(...parsed.diagnostics);
  if (parsed.value === undefined) {
    visit.isIncomplete = true;
    return;
  }
  visit.files.push({ ...parsed.value, source });
  for (const item of importsOf(parsed.value)) readImport(visit, id, item, chain);
}

/** What was read of a source: a store that hands out the same source again, because its text is the same, has it parsed once. */
const parsedFiles = new WeakMap<SourceFile, Outcome<ParsedFile>>();

/** The tree of a file in which secrets are masked, so that nothing that is said of it can repeat one. */
export function parseWithoutSecrets(source: SourceFile): Outcome<ParsedFile> {
  const known = parsedFiles.get(source);
  if (known !== undefined) return known;
  const parsed = maskedTree(source);
  parsedFiles.set(source, parsed);
  return parsed;
}

function maskedTree(source: SourceFile): Outcome<ParsedFile> {
  const secrets = checkSecrets(source);
  const { value, diagnostics } = parseFile(source);
  if (value === undefined) return { value, diagnostics: [...secrets, ...diagnostics.map(withoutSecrets)] };
  const masked = maskSecrets(value.root, source);
  return {
    value: { ...value, root: masked.root },
    diagnostics: [...secrets, ...masked.diagnostics, ...diagnostics.map(withoutSecrets)],
  };
}

/** Whether an item of `imports` is a path that the schema takes; what it does not take is not read. */
export function isImportPath(item: Located): item is LocatedScalar {
  const pattern = languageSchema().properties?.['imports']?.items?.pattern ?? '';
  return (
    item.kind === 'scalar' && typeof item.value === 'string' && new RegExp(pattern, 'u').test(item.value)
  );
}

function importsOf({ root }: ParsedFile): readonly LocatedScalar[] {
  return listedAt(root, 'imports').filter(isImportPath);
}

function readImport(visit: Visit, from: string, item: LocatedScalar, chain: readonly string[]): void {
  const path = String(item.value);
  const id = visit.store.resolve(from, path);
  if (chain.includes(id)) {
    visit.diagnostics.push(circle(item.range, chain.slice(chain.indexOf(id)), path));
    return;
  }
  if (visit.seen.has(id)) return;
  visit.seen.add(id);
  if (visit.seen.size > limits.importedFiles + 1) {
    if (visit.seen.size === limits.importedFiles + 2)
      visit.diagnostics.push(tooMany(item.range, `more than ${limits.importedFiles} files are imported`));
    return;
  }
  // A link with a harmless name must not make obs-gen show lines of another file.
  if (!/\.ya?ml$/.test(visit.store.target(id))) {
    visit.diagnostics.push(noSpec(item));
    return;
  }
  const outcome = visit.store.read(id);
  const [fault] = outcome.diagnostics;
  if (outcome.value === undefined) {
    visit.diagnostics.push(...(fault?.code === 'OBS1002' ? [unreadable(item, fault)] : outcome.diagnostics));
    if (fault?.code !== 'OBS1002') visit.isIncomplete = true;
    return;
  }
  if (visit.characters + outcome.value.text.length > limits.totalBytes) {
    visit.diagnostics.push(
      tooMany(item.range, `the imported files hold more than ${limits.totalBytes} characters together`),
    );
    return;
  }
  readTree(visit, id, outcome.value, [...chain, id]);
}

function unreadable(item: LocatedScalar, fault: Diagnostic): Diagnostic {
  const reason = fault.message.slice(fault.message.indexOf(': ') + 2);
  return diagnostic('OBS1021', {
    message: `import ${quoted(String(item.value))} cannot be read: ${reason}`,
    range: item.range,
    help: `imports are relative to the file that names them; obs-gen looked for ${fault.range?.source.path ?? 'it'}`,
  });
}

function noSpec(item: LocatedScalar): Diagnostic {
  return diagnostic('OBS1021', {
    message: `import ${quoted(String(item.value))} is a link to a file that is no YAML file`,
    range: item.range,
    help: 'let it lead to a .yaml or .yml file, or put the file itself there',
  });
}

function circle(range: Range, chain: readonly string[], path: string): Diagnostic {
  const others = chain.slice(1).map((id) => shownName(id));
  const through = others.length === 0 ? 'itself' : `itself through ${alternatives(others, 'and')}`;
  return diagnostic('OBS1022', {
    message: `import ${quoted(path)} leads back: the file imports ${through}`,
    range,
    help: 'move what both need into a third file that imports neither',
  });
}

const shownName = (id: string): string => posix.basename(id.split(sep).join('/'));

function tooMany(range: Range, message: string): Diagnostic {
  return diagnostic('OBS1023', { message, range, help: 'put what belongs together into one file' });
}
