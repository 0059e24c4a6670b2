import type { Fix } from '../diagnostics/diagnostic.js';
import type { Located, LocatedMap } from '../spec/located.js';

/** One step from a version of the language to the next, as edits of text: comments and layout stay. */
export interface Migration {
  readonly from: number;
  /** What it does, for the report: `alerts.*.pending is called for`. */
  readonly title: string;
  /**
   * The edits of one file, the main one or an imported one. The key `version` is not its concern.
   */
  edits(root: LocatedMap): readonly Fix[];
}

/** Every step, in the order of the versions. The language has had one version, so there is none. */
export const migrations: readonly Migration[] = [];

function* valuesAt(node: Located, path: readonly string[]): Generator<Located> {
  const [step, ...rest] = path;
  if (step === undefined) yield node;
  else if (node.kind === 'sequence' && step === '*')
    for (const item of node.items) yield* valuesAt(item, rest);
  else if (node.kind === 'map')
    for (const [key, { value }] of node.entries)
      if (step === '*' || step === key) yield* valuesAt(value, rest);
}

/**
 * Edits that give a key another name wherever it stands.
 * @param path where the key stands; `*` is each entry of a map and each item of a list
 */
export function renamedKey(root: LocatedMap, path: readonly string[], name: string): readonly Fix[] {
  const key = path.at(-1) ?? '';
  return [...valuesAt(root, path.slice(0, -1))].flatMap((node) => {
    const entry = node.kind === 'map' ? node.entries.get(key) : undefined;
    return entry === undefined ? [] : [{ range: entry.key.range, text: name }];
  });
}
