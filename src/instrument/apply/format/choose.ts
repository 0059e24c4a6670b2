import { dirname } from 'node:path';
import { biomeFor } from './biome.js';
import { eslintFor } from './eslint.js';
import type { Formatter } from './formatter.js';
import { prettierFor } from './prettier.js';

/** Finds the formatter that a project uses for a file; looked for once a folder. */
export function formatterChooser(): (path: string) => Promise<Formatter | undefined> {
  const byFolder = new Map<string, Promise<Formatter | undefined>>();
  const byKey = new Map<string, Formatter>();
  const shared = async (path: string): Promise<Formatter | undefined> => {
    const found = await choose(path);
    if (found === undefined) return undefined;
    const key = `${found.name} ${found.key}`;
    const known = byKey.get(key) ?? found;
    byKey.set(key, known);
    return known;
  };
  return (path) => {
    const folder = dirname(path);
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const found = shared(path);
    byFolder.set(folder, found);
    return found;
  };
}

/** Biome says by its own file that it is used; prettier may be there for another package's sake; eslint lays out code only where neither does. */
async function choose(path: string): Promise<Formatter | undefined> {
  return biomeFor(path) ?? (await prettierFor(path)) ?? (await eslintFor(path));
}
