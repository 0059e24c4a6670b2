import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

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
