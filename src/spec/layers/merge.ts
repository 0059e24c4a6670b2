import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { isImportPath } from './imports.js';
import {
  type Located,
  type LocatedEntry,
  type LocatedMap,
  type LocatedSequence,
  type Path,
  isNull,
} from '../located.js';
import { quoted } from '../quote.js';

/** Sections whose keys are entries that the user names: the same name in two files is a clash, whatever the two say. */
const entrySections: ReadonlySet<string> = new Set([
  'external',
  'traffic',
  'health',
  'labels',
  'metrics',
  'spans',
  'slis',
  'slos',
  'alerts',
  'dashboards',
  'logs.events',
  'security.events',
]);
/** Lists of which each file adds its own part. */
const sharedLists: ReadonlySet<string> = new Set(['presets', 'suppress', 'changes']);

/** Files of one spec as one tree, the first file's entries first. What stands in two of them is an error that names both places. */
export function combineFiles(files: readonly [LocatedMap, ...LocatedMap[]]): {
  readonly root: LocatedMap;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const [main, ...imported] = files;
  const root = imported.reduce((all, file) => combineMaps(all, file, [], diagnostics), main);
  return { root, diagnostics };
}

function combineMaps(
  first: LocatedMap,
  second: LocatedMap,
  path: Path,
  diagnostics: Diagnostic[],
): LocatedMap {
  const entries = new Map(first.entries);
  const ofEntries = entrySections.has(path.join('.'));
  for (const [key, entry] of second.entries) {
    const present = entries.get(key);
    const here = [...path, key];
    if (present === undefined) entries.set(key, entry);
    else if (here.length === 1 && key === 'imports' && isList(present.value) && isList(entry.value))
      entries.set(key, { ...present, value: withRefused(present.value, entry.value) });
    else if (here.length === 1 && sharedLists.has(key) && isList(present.value) && isList(entry.value))
      entries.set(key, { ...present, value: joined(present.value, entry.value) });
    else if (!ofEntries && present.value.kind === 'map' && entry.value.kind === 'map')
      entries.set(key, { ...present, value: combineMaps(present.value, entry.value, here, diagnostics) });
    else if (key !== 'version' || path.length > 0 || !isSameScalar(present.value, entry.value))
      diagnostics.push(clash(here, present, entry));
  }
  return { ...first, entries };
}

const isList = (node: Located): node is LocatedSequence => node.kind === 'sequence';

const isSameScalar = (a: Located, b: Located): boolean =>
  a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value;

/** Imports of an imported file were read already: only what the schema refuses of them is left to report. */
function withRefused(first: LocatedSequence, second: LocatedSequence): LocatedSequence {
  return { ...first, items: [...first.items, ...second.items.filter((item) => !isImportPath(item))] };
}

/** Two lists as one; a text that both name stands once, for two files may use the same preset. */
function joined(first: LocatedSequence, second: LocatedSequence): LocatedSequence {
  const known = new Set(first.items.flatMap((item) => (item.kind === 'scalar' ? [item.value] : [])));
  return {
    ...first,
    items: [
      ...first.items,
      ...second.items.filter((item) => item.kind !== 'scalar' || !known.has(item.value)),
    ],
  };
}

function clash(path: Path, first: LocatedEntry, second: LocatedEntry): Diagnostic {
  const file = first.key.range.source.path;
  return diagnostic('OBS2101', {
    message: `${quoted(path.join('.'))} stands in two files`,
    range: second.key.range,
    related: [{ range: first.key.range, message: `it stands in ${file} too` }],
    help: 'keep it in one of them, or rename one',
  });
}

/**
 * One tree over another: maps merge by key, all else is replaced whole, and null takes out what the lower tree has. A null that meets
 * nothing stays, for it may still meet something in a tree further down.
 */
export function overlay(upper: LocatedMap, lower: LocatedMap): LocatedMap {
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of upper.entries) {
    const below = lower.entries.get(key);
    if (below === undefined) entries.set(key, entry);
    else if (entry.value.kind === 'map' && below.value.kind === 'map')
      entries.set(key, { ...entry, value: overlay(entry.value, below.value) });
    else if (!isNull(entry.value)) entries.set(key, entry);
  }
  for (const [key, entry] of lower.entries) if (!upper.entries.has(key)) entries.set(key, entry);
  return { ...upper, entries };
}
