import { diagnostic } from '../../diagnostics/create.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import type { Located, LocatedEntry, LocatedMap } from '../located.js';
import { plainText, rangeOf } from './scalar-text.js';
import type { Span } from './tokens.js';
import type { SyntaxFault } from './yaml-errors.js';

/** A line that holds a name and nothing else, above lines that are indented deeper and hold keys. */
export interface MissingColon {
  readonly name: Span;
  /** Where the lines below the name end. */
  readonly end: number;
}

/**
 * The name behind which a colon was forgotten, where the parser stumbled over it: it takes name and first key for one key over two
 * lines, and then finds fault with each line that follows.
 */
export function missingColon(source: SourceFile, at: number): MissingColon | undefined {
  const { line: number } = source.position(at);
  const [, indent = '', name] = /^( *)([A-Za-z_][\w.-]*) *(?:#.*)?$/.exec(source.line(number)) ?? [];
  if (name === undefined) return undefined;
  let below = 0;
  for (let next = number + 1; next <= source.lineStarts.length; next += 1) {
    const line = source.line(next);
    const depth = line.search(/\S/);
    if (depth === -1) continue;
    if (depth <= indent.length) break;
    if (below === 0 && !/^ +["']?[\w.-]+["']? *:(?: |$)/.test(line)) return undefined;
    below = next;
  }
  if (below === 0) return undefined;
  const start = (source.lineStarts[number - 1] ?? 0) + indent.length;
  return { name: { start, end: start + name.length }, end: source.lineStarts[below] ?? source.text.length };
}

/** One finding for the name and all that the parser said of the lines below it. */
export function missingColonFault(source: SourceFile, { name }: MissingColon): SyntaxFault {
  const written = source.text.slice(name.start, name.end);
  return {
    diagnostic: diagnostic('OBS1006', {
      message: `no colon behind \`${written}\``,
      range: rangeOf(source, name.start, name.end),
      help: `what is indented below belongs to \`${written}:\``,
      fix: { range: rangeOf(source, name.end, name.end), text: ':' },
    }),
    damage: 'entry',
    key: name,
  };
}

/** A tree in which the keys that the parser put together over two lines have the names that were meant. */
export function withKeys(root: LocatedMap, source: SourceFile, keys: readonly Span[]): LocatedMap {
  if (keys.length === 0) return root;
  const meant = new Map(keys.map((key) => [key.start, key]));
  const renamed = (node: Located): Located => {
    if (node.kind === 'sequence') return { ...node, items: node.items.map(renamed) };
    if (node.kind !== 'map') return node;
    const entries = new Map<string, LocatedEntry>();
    for (const [name, entry] of node.entries) {
      const key = meant.get(entry.key.range.start);
      const value = renamed(entry.value);
      if (key === undefined) {
        entries.set(name, { ...entry, value });
        continue;
      }
      const range = rangeOf(source, key.start, key.end);
      const text = source.text.slice(key.start, key.end);
      entries.set(text, { ...entry, key: plainText(range, text), value });
    }
    return { ...node, entries };
  };
  return renamed(root) as LocatedMap;
}
