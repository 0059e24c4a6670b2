import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allDashboards } from '../../src/dashboards/index.js';
import { packageRoot } from '../../src/package-root.js';
import { launchBrowser } from '../../src/preview/browser/launch.js';
import type { Preview } from '../../src/preview/index.js';
import { describeWithChromium } from '../support/chromium.js';
import { isLong } from '../support/long.js';
import { modelOfFile, startTestPreview } from '../support/preview.js';
import { drawn, faultsOf, heightOf, openRows } from './drawn-board.js';

/** Pictures of boards that are not as they should be; nothing is written otherwise. */
const pictures = join(packageRoot, 'test', '.out', 'dashboards');

const specs = {
  reference: join(packageRoot, 'observability.yaml'),
  ...(isLong && {
    'ims-core': join(packageRoot, 'test', 'cases', 'ims-core', 'observability.yaml'),
    alex: join(packageRoot, 'test', 'cases', 'alex', 'observability.yaml'),
  }),
};

/** Pixels. */
const widths = [1280, 1920] as const;
const themes = ['dark', 'light'] as const;
/** Both themes and both widths are looked at whatever the time, but not each with each. */
const widthsIn = (theme: string): readonly number[] =>
  isLong ? widths : [theme === 'dark' ? widths[0] : widths[1]];

/** The second at which the made-up data ends: a picture must not depend on the day. */
const now = 1_790_000_040;

/** A window in which one board after the other is opened, since each new one is a process to start. */
interface Window {
  readonly page: Page;
  readonly theme: string;
  /** What its console and its scripts have complained of since it was last asked. */
  readonly said: string[];
}

async function openWindow(browser: Browser, theme: string): Promise<Window> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`${theme}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`${theme}: ${error.message}`));
  return { page, theme, said };
}

/**
 * Draws a board in one theme, at one width after the other.
 * @returns what is wrong, by theme and width
 */
async function draw(
  { page, theme, said }: Window,
  { url }: Preview,
  { spec, board }: { readonly spec: string; readonly board: string },
): Promise<readonly string[]> {
  const faults: string[] = [];
  await page.setViewportSize({ width: 1280, height: 1000 });
  const search = new URLSearchParams({ dashboard: board, theme, kiosk: '1', rows: 'open' });
  await page.goto(`${url}?${search.toString()}`);
  await drawn(page);
  await page.evaluate(openRows);
  for (const width of widthsIn(theme)) {
    // What is below the window's edge need not have been drawn; a narrower page is higher.
    await page.setViewportSize({ width, height: 1000 });
    await drawn(page);
    await page.setViewportSize({ width, height: Math.min(await heightOf(page), 16_000) });
    await drawn(page);
    const found = (await faultsOf(page)).map((fault) => `${theme} ${width}: ${fault}`);
    faults.push(...found);
    if (found.length === 0) continue;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({
      path: join(pictures, `${spec}-${board}-${theme}-${width}.png`),
      fullPage: true,
    });
  }
  return [...faults, ...said.splice(0)];
}

rmSync(pictures, { recursive: true, force: true });

describeWithChromium.each(Object.entries(specs))('the dashboards of %s', (spec, path) => {
  const model = modelOfFile(path);
  let preview: Preview;
  let browser: Browser;
  let windows: readonly Window[];

  beforeAll(async () => {
    [preview, browser] = await Promise.all([startTestPreview(model, { now }), launchBrowser(process.env)]);
    windows = await Promise.all(themes.map((theme) => openWindow(browser, theme)));
    await preview.ready;
  });

  afterAll(async () => {
    await browser.close();
    await preview.close();
  });

  it.each(allDashboards(model).map(({ name }) => name))(
    '%s has nothing empty, cut off or in the way',
    async (board) => {
      const faults = await Promise.all(windows.map((window) => draw(window, preview, { spec, board })));
      expect(faults.flat()).toEqual([]);
    },
  );
});
