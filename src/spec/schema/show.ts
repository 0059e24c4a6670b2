import type { Range } from '../../diagnostics/diagnostic.js';
import { type LocatedMap, type LocatedScalar, type Path, locate, locateKey } from '../located.js';
import { quoted } from '../quote.js';
import { showsSecret } from '../secrets.js';

const sensitive = /passw|secret|token$|credential|api_?key|private_?key|access_?key/i;

/** A scalar for a message. Where its key says that it is secret, or it was recognised as such, it is not shown. */
export function shown(path: Path, { text, range }: LocatedScalar): string {
  const key = path.findLast((step) => typeof step === 'string');
  if (showsSecret(range) || (key !== undefined && sensitive.test(key))) return '(hidden)';
  return quoted(text.value);
}

/** The token that a finding about the value at a path points to: a scalar itself, the key of a map or a list, the start of an item. */
export function rangeAt(root: LocatedMap, path: Path): Range {
  const node = locate(root, path);
  if (node?.kind === 'scalar' && node.range.end > node.range.start) return node.range;
  return keyRange(root, path);
}

/** The key that names the value at a path; for an item of a list its first token, for the whole spec its first key. */
export function keyRange(root: LocatedMap, path: Path): Range {
  for (let length = path.length; length > 0; length -= 1) {
    const at = path.slice(0, length);
    const key = locateKey(root, at);
    if (key !== undefined) return key.range;
    const node = locate(root, at);
    if (node !== undefined)
      return firstToken(
        node.range,
        node.kind === 'map' ? node.entries.values().next().value?.key.range : undefined,
      );
  }
  return firstToken(root.range, root.entries.values().next().value?.key.range);
}

/** Of a map in block style its first key, of one in flow style its bracket. */
function firstToken(range: Range, firstKey: Range | undefined): Range {
  if (firstKey?.start === range.start) return firstKey;
  return { source: range.source, start: range.start, end: Math.min(range.start + 1, range.end) };
}
