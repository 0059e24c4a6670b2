import {
  BrowserMissing,
  isRoot,
  takeScreenshots,
  type BoardSeen,
  type PanelSeen,
} from '../../preview/browser/index.js';
import type { Preview } from '../../preview/index.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { PreviewArguments } from './options.js';
import { print, printError, progress } from '../terminal.js';
import { UsageError } from '../usage-error.js';

const usualWidth = 1280;

const states = [
  ['error', 'failed'],
  ['unavailable', 'without data'],
  ['loading', 'not drawn in time'],
  ['empty', 'empty'],
] as const;

function named({ title, reason }: PanelSeen): string {
  const line = reason.replace(/\s+/g, ' ');
  return line === '' ? `"${title}"` : `"${title}" (${line})`;
}

/** `pictures/orders.png: 12 panels; 1 failed: "Requests" (parse error)`. */
export function boardLine({ file, panels }: BoardSeen): string {
  const parts = [`${panels.length} ${panels.length === 1 ? 'panel' : 'panels'}`];
  for (const [state, text] of states) {
    const found = panels.filter((panel) => panel.state === state);
    if (found.length > 0) parts.push(`${found.length} ${text}: ${found.map(named).join(', ')}`);
  }
  return `${file}: ${parts.join('; ')}\n`;
}

/** Whether a dashboard does not show what it should. A panel without data is no fault: it may have none. */
function hasFailed({ isReady, panels }: BoardSeen): boolean {
  return !isReady || panels.some(({ state }) => state !== 'ready' && state !== 'empty');
}

/** Takes the pictures, and prints a line for each. */
export async function takePictures(
  preview: Preview,
  dir: string,
  args: PreviewArguments,
  signal: AbortSignal,
): Promise<ExitCode> {
  const status = progress(false);
  try {
    status.step('preparing the data');
    await preview.ready;
    const { available, reason, help } = preview.state().prometheus;
    if (!available) printError(`there is no data: ${reason ?? 'no reason given'}\n${help ?? ''}\n`);
    if (isRoot()) printError('running as root: the browser has no sandbox; it opens the preview alone\n');
    status.step('taking pictures');
    const boards = await takeScreenshots(preview.url, dir, {
      theme: args.theme ?? 'dark',
      width: args.width ?? usualWidth,
      dashboards: args.dashboard,
      signal,
      onBoard: (board) => {
        status.done();
        print(boardLine(board));
        status.step('taking pictures');
      },
    });
    return boards.some(hasFailed) ? exitCodes.findings : exitCodes.fine;
  } catch (error) {
    if (error instanceof BrowserMissing) throw new UsageError(error.message, error.help);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'mkdir' || syscall === 'open')
      throw new UsageError(`pictures cannot be written to ${dir}: ${code ?? String(error)}`);
    throw error;
  } finally {
    status.done();
  }
}
