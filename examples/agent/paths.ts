import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder, from this file upwards, that holds `name`: the compiled files lie deeper than their sources. */
function folderWith(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, name))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${name} is missing beside the example`);
    folder = parent;
  }
  return folder;
}

/** examples/agent: the corpus and the price table stand in it. */
export const exampleFolder = folderWith('corpus');

/** The folder of the repository: `generated` stands in it. */
export const repositoryFolder = join(exampleFolder, '..', '..');
