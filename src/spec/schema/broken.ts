import type { Range } from '../../diagnostics/diagnostic.js';
import { sampleOf } from './examples.js';
import type { LocatedMap } from '../located.js';
import type { ParsedFile } from '../yaml/parse.js';
import { type PlainObject, isObject } from '../plain.js';
import type { RepairLog } from './repaired.js';
import { schemaAt } from './schema.js';

/** A part of a file that faulty YAML made unreliable. */
export interface BrokenPart {
  readonly range: Range;
  /** Section and name, where the damage stays within one entry: it can be stood in for, and all else be looked at. */
  readonly entry: readonly [string, string] | undefined;
}

/** For each place with faulty YAML the entry, section or file that what is said of it cannot be trusted in. */
export function brokenParts({ root, broken }: ParsedFile): readonly BrokenPart[] {
  return broken.map(({ range, isContained }) => {
    const { source } = range;
    if (!isContained)
      return { range: { source, start: range.start, end: source.text.length }, entry: undefined };
    const section = enclosing(root, range);
    if (section === undefined)
      return { range: { source, start: 0, end: source.text.length }, entry: undefined };
    const inner = section.value.kind === 'map' ? enclosing(section.value, range) : undefined;
    const place = inner ?? section;
    const part = {
      source,
      start: place.key.range.start,
      end: Math.max(place.key.range.end, place.value.range.end, range.end),
    };
    return { range: part, entry: inner === undefined ? undefined : [section.key.value, inner.key.value] };
  });
}

function enclosing(map: LocatedMap, { start }: Range) {
  for (const entry of map.entries.values()) {
    const end = Math.max(entry.key.range.end, entry.value.range.end);
    if (entry.key.range.start <= start && start <= end) return entry;
  }
  return undefined;
}

/**
 * Puts a sample in the place of an entry, so that what refers to it finds it. All of its keys count as replaced.
 * @returns whether the schema knows such entries
 */
export function standIn(
  plain: PlainObject,
  [section, name]: readonly [string, string],
  log: RepairLog,
): boolean {
  const entries = plain[section];
  const schema = schemaAt(plain, [section, name]);
  if (!isObject(entries) || schema?.type === undefined) return false;
  const sample = sampleOf(schema);
  entries[name] = sample;
  log.note([section, name]);
  for (const key of Object.keys(schema.properties ?? {})) log.note([section, name, key]);
  return true;
}
