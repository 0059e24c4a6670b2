import { type Node, type Pair, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Range } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import type { Text } from '../../diagnostics/text.js';
import type { Located, LocatedEntry, LocatedMap, LocatedScalar, LocatedSequence } from '../located.js';
import type { ScalarStyle } from './scalar-characters.js';
import { plainText, rangeOf, scalarText } from './scalar-text.js';

/** What the composer of the tree met on its way and cannot say in a tree. */
export interface ComposeEvents {
  /** The same key again; the first one stays. */
  duplicateKey(key: Text, first: Text): void;
  /** A key that is a map, a list or an alias: the entry is left out. */
  complexKey(key: Range): void;
  /** Each key of a map in braces that has no colon behind it: a selector, `{job="x"}`, is read as one. */
  loneKey(key: Text): void;
  /** Each scalar that is a value, and how it is written. */
  scalar(scalar: LocatedScalar, style: ScalarStyle): void;
  /** A plain `<<`: the entry is left out. */
  mergeKey(key: Text): void;
  /** `*name`. */
  alias(alias: Range): void;
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single-quoted',
  QUOTE_DOUBLE: 'double-quoted',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/**
 * Turns the nodes of the YAML parser into a located tree. Recursion is safe: the depth was capped before.
 * @param stands what was written, by the offset of the plain scalar that stands in for it because YAML would take it apart
 */
export function locatedTree(
  node: Node | null,
  source: SourceFile,
  events: ComposeEvents,
  stands: ReadonlyMap<number, string>,
): Located | undefined {
  const composeNode = (child: Node | null, at: number): Located | undefined => {
    if (child === null) return nullAt(at);
    const [start, end] = child.range ?? [at, at];
    if (isAlias(child)) {
      const range = rangeOf(source, start, end);
      events.alias(range);
      return { kind: 'scalar', range, value: null, text: plainText(range, source.text.slice(start, end)) };
    }
    if (isMap(child))
      return composeMap(child.items as Pair<Node, Node | null>[], start, end, child.flow ?? false);
    if (isSeq(child)) return composeSequence(child.items as Node[], start, end, child.flow ?? false);
    if (isScalar(child)) return composeScalar(child.value, child.type, start, end);
    return undefined;
  };

  const nullAt = (at: number): LocatedScalar => {
    const range = rangeOf(source, at, at);
    return { kind: 'scalar', range, value: null, text: scalarText(range, '', 'plain') };
  };

  const composeScalar = (
    value: unknown,
    type: string | undefined,
    start: number,
    end: number,
  ): LocatedScalar => {
    const range = rangeOf(source, start, end);
    const style = styles[type ?? 'PLAIN'] ?? 'plain';
    const stand = stands.get(start);
    const read = stand ?? value;
    const isPrimitive = typeof read === 'number' || typeof read === 'boolean' || read === null;
    const text = isPrimitive
      ? scalarText(range, source.text.slice(start, end), 'plain')
      : scalarText(range, typeof read === 'string' ? read : source.text.slice(start, end), style);
    const scalar: LocatedScalar = { kind: 'scalar', range, value: isPrimitive ? read : text.value, text };
    events.scalar(scalar, style);
    return scalar;
  };

  const composeSequence = (
    items: readonly Node[],
    start: number,
    end: number,
    flow: boolean,
  ): LocatedSequence => {
    const located: Located[] = [];
    for (const item of items) {
      const value = composeNode(item, start);
      if (value !== undefined) located.push(value);
    }
    return {
      kind: 'sequence',
      range: rangeOf(source, start, flow ? end : (located.at(-1)?.range.end ?? end)),
      items: located,
    };
  };

  const composeKey = (key: Node | null, start: number): Text | undefined => {
    const [from, to] = key?.range ?? [start, start];
    if (key !== null && !isScalar(key)) {
      events.complexKey(rangeOf(source, from, to));
      return undefined;
    }
    const style = styles[(isScalar(key) ? key.type : undefined) ?? 'PLAIN'] ?? 'plain';
    const value = typeof key?.value === 'string' ? key.value : source.text.slice(from, to);
    const text = scalarText(rangeOf(source, from, to), value, style);
    if (value === '<<' && style === 'plain') {
      events.mergeKey(text);
      return undefined;
    }
    return text;
  };

  const composeMap = (
    pairs: readonly Pair<Node, Node | null>[],
    start: number,
    end: number,
    flow: boolean,
  ): LocatedMap => {
    const entries = new Map<string, LocatedEntry>();
    let last = start;
    for (const pair of pairs) {
      const keyEnd = (pair.key as Node | null)?.range?.[1] ?? last;
      const key = composeKey(pair.key, last);
      const value = composeNode(pair.value ?? null, keyEnd);
      last = Math.max(keyEnd, value?.range.end ?? 0);
      if (key === undefined || value === undefined) continue;
      if (flow && pair.value === null) events.loneKey(key);
      const first = entries.get(key.value);
      if (first === undefined) entries.set(key.value, { key, value });
      else events.duplicateKey(key, first.key);
    }
    return { kind: 'map', range: rangeOf(source, start, flow ? end : Math.max(start, last)), entries };
  };

  return node === null ? undefined : composeNode(node, 0);
}
