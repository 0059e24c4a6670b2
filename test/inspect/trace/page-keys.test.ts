import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { severalOf } from '../../../src/inspect/trace/analysis/several.js';
import { printTracePage } from '../../../src/inspect/trace/render/html.js';
import { findChromium } from '../../../src/preview/browser/chromium.js';
import { describeWithChromium } from '../../support/chromium.js';
import { analysed, type GivenSpan } from './support.js';

/** A root with two children, one of which has two itself; then so many that the page has as many rows as it draws. */
const spans: readonly GivenSpan[] = [
  { id: 'root', from: 0, to: 6000 },
  { id: 'first', parent: 'root', from: 0, to: 500 },
  { id: 'a', parent: 'first', from: 0, to: 100 },
  { id: 'b', parent: 'first', from: 200, to: 400 },
  { id: 'second', parent: 'root', from: 600, to: 6000 },
  ...Array.from({ length: 5000 }, (_, index): GivenSpan => {
    const from = 600 + index;
    return { id: `c${index}`, parent: 'second', from, to: from + 1 };
  }),
];

describeWithChromium('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-trace-'));
  const problems: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const file = join(folder, 'trace.html');
    writeFileSync(file, printTracePage(severalOf([analysed(spans)]), { notes: [], currency: undefined }));
    browser = await chromium.launch({ executablePath: findChromium(process.env), args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(pathToFileURL(file).href);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const rowsShown = (): Promise<number> => page.locator('table.waterfall tbody tr:not([hidden])').count();
  const focused = (): Promise<string> => page.locator('tr:focus th').innerText();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('draws as many spans as it says, walks them by keys, folds and unfolds', async () => {
    // The first 5,000 by weight, and a line for those that are left out.
    expect(await rowsShown()).toBe(5001);
    await page.locator('tr[tabindex="0"]').focus();
    expect(await focused()).toContain('root');
    await press('ArrowDown', 'ArrowLeft', 'ArrowDown');
    expect(await focused()).toContain('second');
    await press('ArrowUp', 'ArrowRight', 'ArrowRight');
    expect(await focused()).toContain('a');
    await press('ArrowLeft', 'ArrowLeft', 'Home', 'Enter');
    expect(await rowsShown()).toBe(1);
    await page.getByRole('button', { name: 'Unfold all' }).click();
    expect(await rowsShown()).toBe(5001);
  });

  it('zooms to a row, and back', async () => {
    await page.locator('tr', { hasText: 'first' }).first().click();
    await page.getByRole('button', { name: 'Zoom to the row' }).click();
    expect(await page.locator('form.zoom output').innerText()).toBe('Shown: 0 % to 8.7 %.');
    expect(await page.locator('svg').first().getAttribute('viewBox')).toMatch(/^0 0 87\d\d(?:\.\d+)? 10$/);
    await page.getByRole('button', { name: 'Whole trace' }).click();
    expect(await page.locator('svg').first().getAttribute('viewBox')).toBe('0 0 100000 10');
  });

  it('reports nothing on its console: nothing was refused by its own policy', () => {
    expect(problems).toEqual([]);
  });
});
