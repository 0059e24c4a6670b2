import { diagnostic } from '../../diagnostics/create.js';
import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { Text } from '../../diagnostics/text.js';
import { readQuery } from '../../promql/query.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import { locate } from '../../spec/located.js';
import type { Spec } from '../../spec/spec.js';
import { hintsOfRun, type Hints } from '../hints.js';
import type { Origin, Query, Repaired } from '../model.js';
import { originOfEntry, originOfItem, textAt } from '../origin.js';

/** What the resolvers of all sections share. */
export interface Context {
  readonly loaded: LoadedSpec;
  readonly spec: Spec;
  readonly hints: Hints;
  report(code: DiagnosticCode, finding: Parameters<typeof diagnostic>[1]): void;
  readonly diagnostics: readonly Diagnostic[];
  /** Reads PromQL and reports what is wrong with its syntax. */
  query(text: Text): Query;
  /** The same for a string of an entry; one that the schema stage put there is not read. */
  queryAt(origin: Origin, value: string, ...path: (string | number)[]): Query;
}

export function contextOf(loaded: LoadedSpec): Context {
  const diagnostics: Diagnostic[] = [];
  const query = (text: Text): Query => {
    const { query: read, diagnostics: found } = readQuery(text);
    diagnostics.push(...found);
    return Object.freeze(read);
  };
  return {
    loaded,
    spec: loaded.spec,
    hints: hintsOfRun(),
    diagnostics,
    report(code, finding) {
      diagnostics.push(diagnostic(code, finding));
    },
    query,
    queryAt(origin, value, ...path) {
      const text = textOf(origin, value, ...path);
      const isInvented = loaded.repaired.size > 0 && origin.text(...path)?.value !== value;
      return isInvented ? Object.freeze({ text, expr: undefined }) : query(text);
    },
  };
}

/** One entry of a section, with its place. */
export interface Entry<T> {
  readonly name: string;
  readonly value: T;
  readonly origin: Origin;
  /** What the schema stage replaced; resolvers add the keys whose references lead nowhere. */
  readonly repaired: Set<string>;
}

const none: Repaired = new Set();

/** Most entries need no repair: they share one empty set. */
export function frozenRepairs(repaired: ReadonlySet<string>): Repaired {
  return repaired.size === 0 ? none : repaired;
}

/**
 * The entries of a map of the spec, in the order of the files, the user's own before those of presets.
 * @param path where the map stands: ['metrics'], ['logs', 'events']
 */
export function entriesAt<T>(
  context: Context,
  path: readonly string[],
  values: Readonly<Record<string, T>> | undefined,
): readonly Entry<T>[] {
  if (values === undefined) return [];
  const map = locate(context.loaded.root, path);
  const own: Entry<T>[] = [];
  const fromPresets: Entry<T>[] = [];
  for (const [name, value] of Object.entries(values)) {
    const located = map?.kind === 'map' ? map.entries.get(name) : undefined;
    // An entry that the schema stage made up stands where its section stands.
    const origin =
      located === undefined ? originOfItem(map ?? context.loaded.root, '') : originOfEntry(located);
    const replaced = context.loaded.repaired.get(`/${[...path, name].join('/')}`);
    const entry = { name, value, origin, repaired: new Set(replaced) };
    (origin.preset === undefined ? own : fromPresets).push(entry);
  }
  return [...own, ...fromPresets];
}

/** A string of an entry, character by character where it is what the author wrote, else at the place of what was replaced. */
export function textOf(origin: Origin, value: string, ...path: (string | number)[]): Text {
  const text = origin.text(...path);
  return text?.value === value ? text : textAt(value, origin.of(...path));
}

/** The items of a list of references, each with its range. */
export function itemsOf(
  origin: Origin,
  values: readonly string[] | undefined,
  ...path: (string | number)[]
): readonly { readonly name: string; readonly range: Range }[] {
  return (values ?? []).map((name, index) => ({ name, range: origin.of(...path, index) }));
}

/** Freezes a list and gives it back. */
export function frozenList<T>(items: T[]): readonly T[] {
  return Object.freeze(items);
}
