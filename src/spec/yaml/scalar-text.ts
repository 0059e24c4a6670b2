import type { Range } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import type { Text } from '../../diagnostics/text.js';
import { type CharacterMap, type ScalarStyle, mapCharacters } from './scalar-characters.js';

/**
 * The string of a scalar and where each of its characters stands in the file. The map of the characters is made when it is first asked
 * for: most scalars are never pointed into.
 * @param range the scalar in the file, quotes and block header included
 * @param value as the YAML parser resolved it
 */
export function scalarText(range: Range, value: string, style: ScalarStyle): Text {
  const { source, start, end } = range;
  if (style === 'plain' && value.length === end - start) return plainText(range, value);
  let map: CharacterMap | undefined;
  const characters = (): CharacterMap => {
    map ??= mapCharacters(source.text.slice(start, end), style, value);
    return map;
  };
  return {
    value,
    range,
    slice(from, to) {
      const { starts, ends } = characters();
      return clamp(
        range,
        start + startOf(starts, ends, from, value.length),
        start + endOf(starts, ends, from, to),
      );
    },
  };
}

/** A text whose characters stand in the file as they are, one after the other. */
export function plainText(range: Range, value: string): Text {
  return {
    value,
    range,
    slice: (from, to) => clamp(range, range.start + from, range.start + Math.max(from, to)),
  };
}

/** Another value for a text, as when a preset's label is renamed: any part of it points to the whole. */
export function renamedText(text: Text, value: string): Text {
  return { value, range: text.range, slice: () => text.slice(0, text.value.length) };
}

function startOf(starts: readonly number[], ends: readonly number[], index: number, length: number): number {
  return index < length ? (starts[Math.max(0, index)] ?? 0) : (ends.at(-1) ?? 0);
}

function endOf(starts: readonly number[], ends: readonly number[], from: number, to: number): number {
  if (to <= from) return startOf(starts, ends, from, ends.length);
  return ends[Math.min(to, ends.length) - 1] ?? startOf(starts, ends, from, ends.length);
}

function clamp(range: Range, start: number, end: number): Range {
  const from = Math.max(range.start, Math.min(start, range.end));
  return { source: range.source, start: from, end: Math.max(from, Math.min(end, range.end)) };
}

/** A range of a file, for short. What was composed can be longer than the file, see `composeQuotes`; a range never is. */
export function rangeOf(source: SourceFile, start: number, end: number): Range {
  const { length } = source.text;
  return { source, start: Math.min(start, length), end: Math.min(end, length) };
}
