import { beginAnalysis } from '../analyse.js';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../diagnostics/source-file.js';
import { applied, bySource } from '../fix/text-edits.js';
import type { Model } from '../model/model.js';
import type { FileStore } from '../spec/layers/imports.js';
import { loadSpecFrom } from '../spec/load.js';
import type { LoadedSpec } from '../spec/loaded.js';
import { type LocatedEntry, locate } from '../spec/located.js';
import { quoted } from '../spec/quote.js';
import { dereferenced, languageSchema, type SchemaNode } from '../spec/schema/schema.js';
import type { Documents } from './documents.js';
import { sectionsOf, type Kind } from './kinds.js';
import { occurrencesOf, type Occurrence } from './occurrences.js';

/** Why a name stays as it is; for the person who asked. */
export class RenameRefused extends Error {}

interface Spec {
  readonly loaded: LoadedSpec;
  readonly model: Model;
}

/**
 * The name that stands at an offset and can be changed.
 * @throws RenameRefused
 */
export function renamable(spec: Spec, source: SourceFile, offset: number): Occurrence {
  const named = occurrencesOf(spec.loaded, spec.model).at(source, offset);
  if (named === undefined || named.kind === 'preset')
    throw new RenameRefused(
      'there is no name of this spec here: stand on a metric, a label, a span, an SLI, an SLO, an alert or a dashboard',
    );
  const entry = entryOf(spec.loaded, named.kind, named.name);
  if (entry === undefined) throw new RenameRefused(`${quoted(named.name)} is declared nowhere in this spec`);
  const preset = presetIn(entry);
  if (preset !== undefined)
    throw new RenameRefused(
      `${quoted(named.name)} comes from the preset \`${preset}\`, whose rules and dashboards call it so`,
    );
  return named;
}

function entryOf({ root }: LoadedSpec, kind: Kind, name: string): LocatedEntry | undefined {
  for (const section of sectionsOf(kind)) {
    const map = locate(root, section.split('.'));
    const entry = map?.kind === 'map' ? map.entries.get(name) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The preset that an entry, or a part of it, comes from. */
function presetIn({ preset, value }: LocatedEntry): string | undefined {
  if (preset !== undefined || value.kind !== 'map') return preset;
  for (const entry of value.entries.values()) {
    const found = presetIn(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The edits that give a name to what stands at an offset, in all files of the spec and in their PromQL.
 * @param main the main file, as the store knows it
 * @throws RenameRefused where the name is taken or malformed, or where the spec would have an error that it has not now
 */
export function renameEdits(
  {
    documents,
    main,
    today,
  }: { readonly documents: Documents; readonly main: string; readonly today: string },
  spec: Spec,
  source: SourceFile,
  offset: number,
  name: string,
): readonly Fix[] {
  const named = renamable(spec, source, offset);
  const { places, old } = placesOf(spec, named);
  if (name === old) return [];
  refuseMalformed(named.kind, name);
  if (sectionsOf(named.kind).some((section) => taken(spec, section, name)))
    throw new RenameRefused(`there is a ${named.kind} ${quoted(name)} already`);
  const edits = places.map((range): Fix => ({ range, text: name }));
  const fresh = newError(documents, main, today, edits, { old, name });
  if (fresh !== undefined)
    throw new RenameRefused(`the spec would not hold together any more: ${fresh.code}, ${fresh.message}`);
  return edits;
}

/** What is changed: of a label with `as`, the key and the name on the wire are two names. */
function placesOf(
  { loaded, model }: Spec,
  { kind, name, isWire }: Occurrence,
): { readonly places: readonly Fix['range'][]; readonly old: string } {
  const all = occurrencesOf(loaded, model).of(kind, name);
  const label = kind === 'label' ? model.labels.get(name) : undefined;
  if (label === undefined || label.wire === name) return { places: all.map(({ range }) => range), old: name };
  const places = all.filter((each) => each.isWire === isWire).map(({ range }) => range);
  if (!isWire) return { places, old: name };
  const as = label.origin.text('as');
  return {
    places: as === undefined ? places : [as.slice(0, as.value.length), ...places],
    old: label.wire,
  };
}

function taken({ loaded }: Spec, section: string, name: string): boolean {
  const map = locate(loaded.root, section.split('.'));
  return map?.kind === 'map' && map.entries.has(name);
}

function refuseMalformed(kind: Kind, name: string): void {
  const [section = ''] = sectionsOf(kind);
  let node: SchemaNode | undefined = languageSchema();
  for (const step of section.split('.')) {
    const child: SchemaNode | undefined = node?.properties?.[step];
    node = child && dereferenced(child);
  }
  const names = dereferenced(node?.propertyNames ?? {});
  const isShort = names.maxLength === undefined || name.length <= names.maxLength;
  // The dot of a label belongs to presets.
  const isOwn = kind !== 'label' || !name.includes('.');
  if (isOwn && isShort && new RegExp(names.pattern ?? '', 'u').test(name)) return;
  throw new RenameRefused(
    `${quoted(name)} is no name for a ${kind}: ${names.description ?? 'it is malformed'}`,
  );
}

/** The first error that the spec would have after edits and has not before. */
function newError(
  documents: Documents,
  main: string,
  today: string,
  edits: readonly Fix[],
  { old, name }: { readonly old: string; readonly name: string },
): Diagnostic | undefined {
  const texts = new Map<string, SourceFile>();
  for (const [source, ofSource] of bySource(edits))
    texts.set(documents.pathOf(source), new SourceFile(source.path, applied(source.text, ofSource)));
  const store: FileStore = {
    ...documents.store,
    read(id) {
      const changed = texts.get(id);
      return changed === undefined ? documents.store.read(id) : { value: changed, diagnostics: [] };
    },
  };
  const exists = (path: string): boolean => documents.exists(path);
  const errors = (files: FileStore): readonly Diagnostic[] =>
    beginAnalysis(loadSpecFrom(files, main), today, exists).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
  const said = ({ code, message }: Diagnostic): string => `${code} ${message.replaceAll(name, old)}`;
  const before = new Set(errors(documents.store).map(said));
  return errors(store).find((each) => !before.has(said(each)));
}
