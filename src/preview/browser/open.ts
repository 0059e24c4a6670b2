import { spawn } from 'node:child_process';

function opener(url: string): readonly [program: string, ...args: string[]] {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/**
 * Opens a page in the user's browser.
 * @returns false where there is no program that could
 */
export function openInBrowser(url: string): Promise<boolean> {
  const [program, ...args] = opener(url);
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      // The browser goes on when the preview has ended.
      child.unref();
      resolve(true);
    });
  });
}
