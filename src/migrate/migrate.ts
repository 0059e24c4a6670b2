import type { Diagnostic, Fix } from '../diagnostics/diagnostic.js';
import { hasErrors } from '../diagnostics/create.js';
import { SourceFile } from '../diagnostics/source-file.js';
import type { MendedFile } from '../fix/mend.js';
import { applied } from '../fix/text-edits.js';
import { parseWithoutSecrets, readFiles, type FileStore } from '../spec/layers/imports.js';
import type { LocatedMap } from '../spec/located.js';
import { languageVersion, writtenVersion } from '../spec/version.js';
import { migrations, type Migration } from './migration.js';

/** What a migration comes to. */
export type Migrated =
  | { readonly kind: 'current' }
  /** The YAML is faulty: nobody can say where the keys stand. */
  | { readonly kind: 'unreadable'; readonly diagnostics: readonly Diagnostic[] }
  /** `version` is something that was never a version. */
  | { readonly kind: 'unknown'; readonly version: string }
  /** Written for a later obs-gen. */
  | { readonly kind: 'newer'; readonly version: number }
  | {
      readonly kind: 'changed';
      /** What each step did, for people. */
      readonly steps: readonly string[];
      readonly files: readonly MendedFile[];
    };

/** Which steps there are, and where they lead. */
export interface Language {
  readonly version: number;
  readonly migrations: readonly Migration[];
}

const thisLanguage: Language = { version: languageVersion, migrations };

/** The edit that writes the version into the main file, after the comments that begin it. */
function versionEdit(root: LocatedMap, source: SourceFile, version: number): Fix {
  const entry = root.entries.get('version');
  const text = String(version);
  if (entry !== undefined) {
    const { range } = entry.value;
    // `version:` with nothing behind it has an empty range right after the colon, or further on.
    const isEmpty = range.start === range.end || source.text.slice(range.start, range.end).trim() === '';
    const colon = source.text.indexOf(':', entry.key.range.end) + 1;
    return isEmpty ? { range: { source, start: colon, end: colon }, text: ` ${text}` } : { range, text };
  }
  const [first] = root.entries.values();
  const start = first?.key.range.start ?? root.range.start;
  const isFlow = source.text[root.range.start] === '{';
  const lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n';
  return { range: { source, start, end: start }, text: `version: ${text}${isFlow ? ', ' : lineEnd}` };
}

interface File {
  readonly id: string;
  readonly before: SourceFile;
  now: SourceFile;
}

/** The files of a spec with the identities that the store knows them by. */
function filesOf(
  store: FileStore,
  main: string,
): { readonly files: readonly File[]; readonly diagnostics: readonly Diagnostic[] } {
  const ids = new Map<SourceFile, string>();
  const read = readFiles(
    {
      ...store,
      read(id) {
        const outcome = store.read(id);
        if (outcome.value !== undefined) ids.set(outcome.value, id);
        return outcome;
      },
    },
    main,
  );
  const files = read.sources.map((source) => ({
    id: ids.get(source) ?? source.path,
    before: source,
    now: source,
  }));
  return { files, diagnostics: read.diagnostics };
}

/**
 * Brings a spec and what it imports to the version of the language, step by step, without writing anything.
 * @param main the main file, as the store knows it
 * @param language the steps; those of this obs-gen where it is left out
 */
export function migrate(store: FileStore, main: string, language: Language = thisLanguage): Migrated {
  const { files, diagnostics } = filesOf(store, main);
  const [first] = files;
  const root = first === undefined ? undefined : parseWithoutSecrets(first.before).value?.root;
  if (first === undefined || root === undefined || hasErrors(diagnostics))
    return { kind: 'unreadable', diagnostics };
  const written = writtenVersion(root.entries.get('version')?.value);
  if (written === undefined) {
    const { range } = root.entries.get('version')?.value ?? root;
    return { kind: 'unknown', version: first.before.text.slice(range.start, range.end) };
  }
  const from = written.version ?? 1;
  if (from > language.version) return { kind: 'newer', version: from };
  if (from === language.version && written.isAsWanted) return { kind: 'current' };
  const steps: string[] = [];
  for (const step of language.migrations) {
    if (step.from < from || step.from >= language.version) continue;
    let isUsed = false;
    for (const file of files) {
      const tree = parseWithoutSecrets(file.now).value?.root;
      const edits = tree === undefined ? [] : step.edits(tree);
      if (edits.length === 0) continue;
      isUsed = true;
      file.now = new SourceFile(file.before.path, applied(file.now.text, edits));
    }
    if (isUsed) steps.push(step.title);
  }
  const tree = parseWithoutSecrets(first.now).value?.root ?? root;
  first.now = new SourceFile(
    first.before.path,
    applied(first.now.text, [versionEdit(tree, first.now, language.version)]),
  );
  const was = written.version === undefined ? 'no version was written' : `it was version ${written.version}`;
  steps.push(
    from === language.version
      ? `version: ${language.version} (${written.version === undefined ? was : 'it was written in another way'})`
      : `version: ${language.version} (${was})`,
  );
  return {
    kind: 'changed',
    steps,
    files: files.flatMap(({ id, before, now }) =>
      before.text === now.text ? [] : [{ id, before, after: now }],
    ),
  };
}
