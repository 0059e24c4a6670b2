import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../../src/preview/browser/launch.js';
import type { Preview } from '../../../src/preview/index.js';
import { modelOfFile, startTestPreview } from '../../support/preview.js';

/** What an expression comes to in the page, where the types of this project end. */
export async function inPage<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate<T>(expression);
}

/** Waits until the page says that everything in sight is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('html[data-state=ready]', { timeout: 30_000 });
}

/** Opens an address of a preview in a window of its own, at the size of a small screen. @param faults gets what the page throws */
export async function openPage(
  browser: Browser,
  url: string,
  faults: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Refused queries are said by the browser as well: that is what some tests are for.
    if (message.type() === 'error' && !message.text().includes('the server responded with'))
      faults.push(message.text());
  });
  const { origin } = new URL(url);
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== 'data:' && asked.origin !== origin) faults.push(request.url());
  });
  await page.goto(url);
  await settled(page);
  return page;
}

/** The selector of the panel with this title. */
export function panel(title: string): string {
  return `section.panel:has(.panel-title:text-is("${title}"))`;
}

/** What the tests of a group look at. */
export interface Opened {
  readonly preview: () => Preview;
  readonly browser: () => Browser;
  /** Opens the page at `?dashboard=…`; a fault of the page fails the test. */
  readonly open: (search: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** A preview of a spec, with made-up data that is always the same, and a browser, for the tests of the group that this is called in. */
export function openedPreview(spec: string): Opened {
  let preview: Preview;
  let browser: Browser;
  const faults: string[] = [];
  beforeAll(async () => {
    preview = await startTestPreview(modelOfFile(spec), { now: 1_795_000_020 });
    browser = await launchBrowser(process.env);
    await preview.ready;
  });
  afterAll(async () => {
    await browser.close();
    await preview.close();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
  return {
    preview: () => preview,
    browser: () => browser,
    open: (search, options) => openPage(browser, `${preview.url}${search}`, faults, options),
  };
}
