import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a path leads to a file that may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Looks in a list of folders, as the PATH has it, without running anything: whoever waits for `--version` twice is late. */
export function inFolders(names: readonly string[], list: string | undefined): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (list ?? '').split(delimiter).filter((folder) => folder !== '');
  return names
    .flatMap((name) => folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))))
    .find(isProgram);
}

/** Looks on the PATH. */
export function onPath(names: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  return inFolders(names, env['PATH']);
}
