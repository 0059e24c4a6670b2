import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { PanelFacts } from '../browser/facts.js';
import { browserProgram } from './browser-program.js';
import { judge, type Defect } from './judge.js';
import type { Options } from './options.js';

export interface Picture {
  readonly board: string;
  readonly theme: 'dark' | 'light';
  /** Pixels. */
  readonly width: number;
  readonly file: string;
  readonly panels: number;
  /** Milliseconds until everything was drawn. */
  readonly took: number;
  readonly defects: readonly Defect[];
}

/** What Grafana's own code says that no board is to blame for. */
const harmless = [/^Warning: /, /i18n/, /Download the React DevTools/];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserProgram(),
    // Grafana measures texts in small letters and scales: with hinting, fonts get wider than that in large ones.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  });
}

function listen(page: Page): string[] {
  const heard: string[] = [];
  const hear = (text: string): void => {
    if (!harmless.some((each) => each.test(text))) heard.push(text.slice(0, 500));
  };
  page.on('pageerror', (error) => {
    hear(error.stack ?? error.message);
  });
  page.on('console', (message) => {
    // A failed query is the panel's defect already.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      hear(message.text());
  });
  return heard;
}

/** Waits until every panel has its answer and the page has stopped changing. */
async function settled(page: Page): Promise<readonly PanelFacts[]> {
  await page.waitForFunction(() => window.facts?.().every(({ loading }) => !loading) === true, undefined, {
    timeout: 20_000,
    polling: 200,
  });
  let before = '';
  for (let round = 0; round < 20; round++) {
    const now = await page.evaluate(() => JSON.stringify(window.facts?.()));
    if (now === before) break;
    before = now;
    await page.waitForTimeout(250);
  }
  return JSON.parse(before) as readonly PanelFacts[];
}

export interface Sight {
  readonly url: string;
  readonly board: string;
  readonly theme: 'dark' | 'light';
  readonly width: number;
  /** Ids of the panels that have to be there. */
  readonly expected: readonly number[];
  /** What is wrong with the board wherever it is drawn. */
  readonly known: readonly Defect[];
  readonly folder: string;
}

/** Draws a board once, takes its picture, and judges it. */
export async function look(browser: Browser, sight: Sight, options: Options): Promise<Picture> {
  const { url, board, theme, width, folder } = sight;
  const started = performance.now();
  const page = await browser.newPage({ viewport: { width, height: 1080 } });
  try {
    const console = listen(page);
    const search = new URLSearchParams({
      board,
      theme,
      ...(options.from === undefined ? {} : { from: options.from }),
    });
    await page.goto(`${url}?${search}`);
    const facts = await settled(page).catch((error: unknown): readonly PanelFacts[] => {
      console.push(`it is not drawn in time: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    });
    const took = Math.round(performance.now() - started);
    mkdirSync(folder, { recursive: true });
    const name = `${board}-${theme}-${width}`;
    const file = join(folder, `${name}.png`);
    // Tables draw only the rows that are within the window.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(500);
    await page.screenshot({ path: file });
    if (options.panels) {
      for (const { id } of facts) {
        const path = join(folder, name, `${id}.png`);
        await page.locator(`[data-viz-panel-key="panel-${id}"]`).screenshot({ path });
      }
    }
    const defects = [...sight.known, ...judge(facts, { width, console, expected: sight.expected })];
    return { board, theme, width, file, panels: facts.length, took, defects };
  } finally {
    await page.close();
  }
}
