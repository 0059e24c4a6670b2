import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** Without git nobody says what is ignored; these names nearly always are. */
const ignored: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', 'bower_components']);

/** The files below a folder, relative to it with `/`. Links are not followed, folders that begin with a dot are left out. */
export function walkFiles(root: string): readonly string[] {
  const found: string[] = [];
  const open: string[] = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = `${folder}${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && !ignored.has(entry.name) && !entry.name.startsWith('.'))
        open.push(`${path}/`);
    }
  }
  return found;
}

/** A folder that is closed to us is as empty. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
