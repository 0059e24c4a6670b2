import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The files below a folder that git knows or would add, relative to it with `/`; undefined where there is no git, no repository, or
 * where git ignores the whole folder.
 */
export async function gitFiles(root: string): Promise<readonly string[] | undefined> {
  const listed = await git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (listed === undefined) return undefined;
  const paths = [...new Set(listed.split('\0'))].filter((path) => path !== '');
  if (paths.length > 0) return paths;
  // Nothing at all: a folder that is ignored as a whole, such as a build's copy, is looked at as if there were no git.
  return (await git(root, ['check-ignore', '--quiet', '.'])) === undefined ? paths : undefined;
}

/** What git prints; undefined where it fails or is not there. */
async function git(folder: string, parameters: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', parameters, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      windowsHide: true,
      // Reading must not take git's locks: a commit may be going on.
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    });
    return stdout;
  } catch {
    return undefined;
  }
}
