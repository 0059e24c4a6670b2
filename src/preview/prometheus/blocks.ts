import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Blocks have a folder each, named by an ULID; what else Prometheus keeps beside them is its own. */
const block = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The files of all blocks in a folder, sorted, by their paths below it. */
function filesOf(folder: string, path = ''): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .filter(({ name }) => path !== '' || block.test(name))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesOf(folder, child) : [child];
    })
    .sort();
}

/** What tells the blocks of a folder from others: all that is in them but their names, which are random. */
export function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesOf(folder))
    if (!path.endsWith('meta.json')) hash.update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}
