import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { PreviewState } from '../server/state.js';
import { launchBrowser } from './launch.js';
import { panelsOf, type PanelSeen } from './panels.js';

export interface ScreenshotOptions {
  readonly theme: 'dark' | 'light';
  /** Pixels. */
  readonly width: number;
  /** The dashboards, by name; all where it is left out. */
  readonly dashboards?: readonly string[] | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Told of each picture when it is there. */
  readonly onBoard?: ((board: BoardSeen) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A dashboard, as it was drawn. */
export interface BoardSeen {
  readonly dashboard: string;
  /** The picture. */
  readonly file: string;
  /** False: it was still loading when the picture was taken. */
  readonly isReady: boolean;
  readonly panels: readonly PanelSeen[];
}

/** Pixels before it is known how high the page is. */
const firstHeight = 1000;
/** Chromium draws no higher picture. */
const greatestHeight = 16_000;
/** Milliseconds until a dashboard has to be drawn. */
const patience = 60_000;
/** Between two looks, in milliseconds. */
const pause = 50;

/** Runs in the page: whether it says that it is drawn, and no panel that can be seen is still at work. */
const drawn = `document.documentElement.dataset.state === 'ready' &&
  Array.from(document.querySelectorAll('section.panel[data-state="loading"]')).every(
    (panel) => panel.getClientRects().length === 0,
  )`;

/**
 * Waits until the page is drawn; false where it does not get there. Asked from outside, again and again: the page's own policy keeps it
 * from evaluating what it is handed.
 */
async function isDrawn(page: Page, condition: string): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    if ((await page.evaluate<unknown>(condition)) === true) {
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      return true;
    }
    await sleep(pause);
  }
  return false;
}

async function shoot(
  page: Page,
  url: string,
  dashboard: string,
  { dir, width, theme }: { readonly dir: string } & Pick<ScreenshotOptions, 'width' | 'theme'>,
): Promise<BoardSeen> {
  await page.setViewportSize({ width, height: firstHeight });
  const query = new URLSearchParams({ dashboard, theme, kiosk: '1' });
  await page.goto(`${url}?${query.toString()}`, { waitUntil: 'load', timeout: patience });
  await isDrawn(page, `document.documentElement.dataset.state === 'ready'`);
  // What is below the edge of the window need not have been drawn yet.
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  if (height > firstHeight) {
    await page.setViewportSize({ width, height: Math.min(height, greatestHeight) });
    await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
  }
  const isReady = await isDrawn(page, drawn);
  const file = join(dir, `${dashboard}.png`);
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled', timeout: patience });
  return { dashboard, file, isReady, panels: await panelsOf(page, url, dashboard) };
}

/**
 * Takes a picture of each dashboard, of its full height, as `DIR/<dashboard>.png`.
 * @param url of a preview
 * @throws BrowserMissing where there is no browser or nothing to drive it with
 */
export async function takeScreenshots(
  url: string,
  dir: string,
  options: ScreenshotOptions,
): Promise<readonly BoardSeen[]> {
  const { signal } = options;
  signal?.throwIfAborted();
  const browser = await launchBrowser(options.env ?? process.env);
  const end = (): void => void browser.close();
  signal?.addEventListener('abort', end, { once: true });
  try {
    mkdirSync(dir, { recursive: true });
    const state = (await (await fetch(`${url}api/state`)).json()) as PreviewState;
    const names = options.dashboards ?? state.dashboards.map(({ name }) => name);
    const context = await browser.newContext({
      colorScheme: options.theme,
      deviceScaleFactor: 1,
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    const seen: BoardSeen[] = [];
    for (const name of names) {
      const board = await shoot(page, url, name, { ...options, dir });
      options.onBoard?.(board);
      seen.push(board);
    }
    return seen;
  } catch (error) {
    // What the browser says of its own end is not why it ended.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
    await browser.close();
  }
}
