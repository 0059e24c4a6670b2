import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Located, LocatedMap } from '../located.js';
import { languageSchema } from '../schema/schema.js';

/**
 * The items of a list at the top of a spec file that the later stages cannot do without, `presets` or `imports`, also where its key is
 * misspelt: that is reported later, and what the list names must not be reported as unknown besides.
 */
export function listedAt(root: LocatedMap, name: 'presets' | 'imports'): readonly Located[] {
  const known = Object.keys(languageSchema().properties ?? {});
  const value =
    root.entries.get(name)?.value ??
    [...root.entries].find(([key]) => !known.includes(key) && nearest(key, known) === name)?.[1].value;
  return value?.kind === 'sequence' ? value.items : [];
}
