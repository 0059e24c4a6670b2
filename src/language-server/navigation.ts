import {
  DocumentHighlightKind,
  SymbolKind,
  type DocumentHighlight,
  type DocumentSymbol,
  type Location,
} from 'vscode-languageserver';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { Model } from '../model/model.js';
import { parseWithoutSecrets } from '../spec/layers/imports.js';
import type { LoadedSpec } from '../spec/loaded.js';
import type { LocatedMap } from '../spec/located.js';
import { declaredAt, type Kind } from './kinds.js';
import type { Documents } from './documents.js';
import { occurrencesOf, type Occurrence } from './occurrences.js';
import { lspRange } from './positions.js';

interface Spec {
  readonly loaded: LoadedSpec;
  readonly model: Model;
}

function locationOf(documents: Documents, { range }: Occurrence): Location {
  return { uri: documents.uriOf(range.source), range: lspRange(range) };
}

/** Where the name at an offset is declared. An entry that is laid over a preset's is declared in both. */
export function definitionOf(
  documents: Documents,
  spec: Spec,
  source: SourceFile,
  offset: number,
): Location[] {
  const occurrences = occurrencesOf(spec.loaded, spec.model);
  const named = occurrences.at(source, offset);
  if (named === undefined) return [];
  return occurrences
    .of(named.kind, named.name)
    .filter(({ role }) => role === 'declaration')
    .map((each) => locationOf(documents, each));
}

/** Everywhere that the name at an offset stands, presets among the places. */
export function referencesOf(
  documents: Documents,
  spec: Spec,
  source: SourceFile,
  offset: number,
  withDeclaration: boolean,
): Location[] {
  const occurrences = occurrencesOf(spec.loaded, spec.model);
  const named = occurrences.at(source, offset);
  if (named === undefined) return [];
  return occurrences
    .of(named.kind, named.name)
    .filter(({ role }) => withDeclaration || role === 'reference')
    .map((each) => locationOf(documents, each));
}

/** The same name elsewhere in the file. */
export function highlightsOf(spec: Spec, source: SourceFile, offset: number): DocumentHighlight[] {
  const occurrences = occurrencesOf(spec.loaded, spec.model);
  const named = occurrences.at(source, offset);
  if (named === undefined) return [];
  return occurrences
    .of(named.kind, named.name)
    .filter(({ range }) => range.source === source)
    .map(({ range, role }) => ({
      range: lspRange(range),
      kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

const symbolKinds: Readonly<Record<Kind, SymbolKind>> = {
  label: SymbolKind.Property,
  metric: SymbolKind.Field,
  span: SymbolKind.Function,
  event: SymbolKind.Event,
  sli: SymbolKind.Variable,
  slo: SymbolKind.Constant,
  alert: SymbolKind.Event,
  dashboard: SymbolKind.Class,
  preset: SymbolKind.Package,
};

/** The sections of a file, and the entries in them. */
export function symbolsOf(source: SourceFile): DocumentSymbol[] {
  const tree = parseWithoutSecrets(source).value;
  return tree === undefined ? [] : symbolsIn(tree.root, []);
}

function symbolsIn(map: LocatedMap, path: readonly string[]): DocumentSymbol[] {
  return [...map.entries].flatMap(([name, { key, value }]): DocumentSymbol[] => {
    const here = [...path, name];
    const kind = declaredAt(here);
    if (path.length > 0 && kind === undefined && here.join('.') !== 'logs.events') return [];
    const whole = {
      source: key.range.source,
      start: key.range.start,
      end: Math.max(key.range.end, value.range.end),
    };
    return [
      {
        name: name === '' ? '(no name)' : name,
        kind: kind === undefined ? SymbolKind.Namespace : symbolKinds[kind],
        range: lspRange(whole),
        selectionRange: lspRange(key.range),
        ...(value.kind === 'map' && kind === undefined ? { children: symbolsIn(value, here) } : {}),
      },
    ];
  });
}
