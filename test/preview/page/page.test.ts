import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { contrast } from '../../../src/preview/page/format/colours.js';
import { describeWithChromium } from '../../support/chromium.js';
import { describeWithPrometheus } from '../../support/preview.js';
import { inPage, openedPreview, panel, settled } from './opened.js';

const spec = resolve(import.meta.dirname, '../../cases/grafana/observability.yaml');

/** An attribute of each element of a list. */
async function attributes(found: Locator, name: string): Promise<readonly (string | null)[]> {
  return Promise.all((await found.all()).map((each) => each.getAttribute(name)));
}

describeWithPrometheus('the page of the preview', () => {
  describeWithChromium('in a browser', () => {
    const { preview, browser, open } = openedPreview(spec);
    const said = (page: Page): Promise<string> => page.locator('[aria-live=polite]').innerText();

    it('shows every panel, and says of each how it is', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const panels = page.locator('section.panel');
      const types = await attributes(panels, 'data-panel-type');
      const states = (await attributes(panels, 'data-state')).map((state, index) => [types[index], state]);
      expect(states.length).toBeGreaterThan(20);
      const settledStates = ['ready', 'empty'];
      expect(states.filter(([, state]) => !settledStates.includes(state ?? ''))).toEqual([]);
      const drawn = new Set(states.filter(([, state]) => state === 'ready').map(([type]) => type));
      for (const type of ['timeseries', 'stat', 'gauge', 'bargauge', 'heatmap', 'piechart', 'state-timeline'])
        expect(drawn).toContain(type);
    });

    it('takes what the spec says for text', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      await expect(page.locator('h1').innerText()).resolves.toContain('<b>');
      const notes = page.locator(`${panel('Notes')} .markdown`);
      await expect(notes.innerText()).resolves.toContain('<script>alert(1)</script>');
      expect(await page.locator('.board script, .board b').count()).toBe(0);
    });

    it('lays panels out in 24 columns of 30 pixels with 8 between them', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const boxes = await inPage<{ x: number; y: number; width: number; height: number; rows: number }[]>(
        page,
        `Array.from(document.querySelectorAll('section.panel'), (each) => {
          const { x, y, width, height } = each.getBoundingClientRect();
          return { x, y, width, height, rows: Number(each.style.getPropertyValue('--h')) };
        })`,
      );
      expect(boxes.length).toBeGreaterThan(20);
      for (const { height, rows } of boxes) expect(height).toBeCloseTo(rows * 30 + (rows - 1) * 8, 0);
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const apart =
            one.x + one.width <= other.x + 0.5 ||
            other.x + other.width <= one.x + 0.5 ||
            one.y + one.height <= other.y + 0.5 ||
            other.y + other.height <= one.y + 0.5;
          expect(apart).toBe(true);
        }
      }
    });

    it('finds texts that are cut off', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const overflows = (): Promise<{ panel: string; text: string }[]> =>
        inPage(page, 'window.__obsgen.overflows()');
      await inPage(
        page,
        `[...document.querySelectorAll('.panel-title')].find((each) => each.textContent === 'Waiting').style.width = '20px'`,
      );
      expect(await overflows()).toContainEqual({ panel: 'Waiting', text: 'Waiting' });
    });

    it('shows a series alone, and all again', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const items = page.locator(`${panel('In and out')} .legend-item`);
      const pressed = (): Promise<readonly (string | null)[]> => attributes(items, 'aria-pressed');
      await items.first().click();
      expect(await pressed()).toEqual(['true', 'false']);
      await items.first().click();
      expect(await pressed()).toEqual(['true', 'true']);
      await items.last().click({ modifiers: ['Control'] });
      expect(await pressed()).toEqual(['true', 'false']);
    });

    it('narrows queries by what is chosen, and keeps it in the address', async () => {
      const page = await open('?dashboard=all-panels');
      const queries: string[] = [];
      page.on('request', (request) => queries.push(new URL(request.url()).searchParams.get('query') ?? ''));
      await page.locator('#var-model').click();
      const options = page.getByRole('option');
      const [all, first] = await options.allInnerTexts();
      expect(all).toBe('All');
      await options.nth(1).click();
      await expect.poll(() => queries.some((query) => query.includes(`model=~"${first ?? ''}"`))).toBe(true);
      expect(new URL(page.url()).searchParams.getAll('var-model')).toEqual([first]);
      await options.nth(2).click();
      expect(new URL(page.url()).searchParams.getAll('var-model')).toHaveLength(2);
      await page.keyboard.press('Escape');
      expect(await inPage(page, 'document.activeElement.id')).toBe('var-model');
      await page.goBack();
      await expect.poll(() => page.locator('#var-model').innerText()).toBe(first);
      await settled(page);
    });

    it('chooses a time with the keyboard alone', async () => {
      const page = await open('?dashboard=all-panels');
      await page.locator('#time-range').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(new URL(page.url()).searchParams.get('from')).toBe('now-15m');
      await settled(page);
      await page.locator('#time-range').click();
      await page.getByLabel('From').fill('yesterday');
      await page.keyboard.press('Enter');
      await expect(page.locator('#time-from-fault').innerText()).resolves.toContain('now-6h');
      await page.keyboard.press('Escape');
      expect(await page.locator('.time-picker').count()).toBe(0);
    });

    it('says what is under the crosshair that the arrow keys move', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const chart = page.locator(`${panel('In and out')} .chart`);
      await expect(chart.getAttribute('aria-label')).resolves.toMatch(
        /In and out: lines over time, 2 series; in: last .+/,
      );
      await chart.focus();
      await page.keyboard.press('ArrowLeft');
      const last = await said(page);
      expect(last).toMatch(/^2026-.*in: [\d.]+ c\/s/);
      await page.keyboard.press('ArrowLeft');
      expect(await said(page)).not.toBe(last);
      await page.keyboard.press('Escape');
      expect(await page.locator('.tooltip').count()).toBe(0);
    });

    it('shows the values under the pointer, the largest first, and the crosshair in every chart', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const plot = page.locator(`${panel('In and out')} .u-over`);
      await plot.scrollIntoViewIfNeeded();
      await plot.hover({ position: { x: 300, y: 20 } });
      const values = await page.locator('.tooltip .tooltip-value').allInnerTexts();
      const numbers = values.map((text) => Number.parseFloat(text));
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
      const moved = await page.locator(`${panel('Waiting')} .u-cursor-x`).getAttribute('style');
      expect(moved).toMatch(/translate\([1-9]/);
    });

    it('zooms to what is dragged over', async () => {
      const page = await open('?dashboard=all-panels');
      const box = await page.locator('.chart .u-over').first().boundingBox();
      if (box === null) throw new Error('there is no chart');
      await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + 45, { steps: 4 });
      await page.mouse.up();
      const { searchParams } = new URL(page.url());
      const length = Number(searchParams.get('to')) - Number(searchParams.get('from'));
      expect(length / (6 * 3600 * 1000)).toBeCloseTo(0.3, 1);
      await settled(page);
    });

    it('shows a chart as a table', async () => {
      const page = await open('?dashboard=all-panels');
      const chart = page.locator('section.panel[data-panel-type=timeseries]').first();
      await chart.locator('.panel-menu').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await expect(chart.locator('th').first().innerText()).resolves.toBe('Time');
      expect(await chart.locator('tbody tr').count()).toBeGreaterThan(10);
      expect(await chart.getAttribute('data-state')).toBe('ready');
    });

    it('sorts a table by a column', async () => {
      const page = await open('?dashboard=all-panels&kiosk=1');
      const head = page.locator(`${panel('Table')} th`).last();
      await head.locator('button').click();
      const order = await head.getAttribute('aria-sort');
      await page
        .locator(`${panel('Table')} th`)
        .last()
        .locator('button')
        .click();
      expect(new Set([order, await head.getAttribute('aria-sort')])).toEqual(
        new Set(['ascending', 'descending']),
      );
    });

    it('closes and opens a row', async () => {
      const page = await open('?dashboard=all-panels');
      const toggle = page.locator('.row-toggle').first();
      const panels = page.locator('section.row').first().locator('section.panel');
      await toggle.focus();
      await page.keyboard.press('Enter');
      expect(await toggle.getAttribute('aria-expanded')).toBe('false');
      expect(await panels.first().isVisible()).toBe(false);
      await page.keyboard.press('Enter');
      expect(await panels.first().isVisible()).toBe(true);
    });

    it('asks only for the panels in sight', async () => {
      const page = await open('?dashboard=all-panels');
      const last = page.locator('section.panel').last();
      expect(await last.getAttribute('data-state')).toBe('loading');
      await last.scrollIntoViewIfNeeded();
      await expect.poll(() => last.getAttribute('data-state')).not.toBe('loading');
    });

    it('says why a panel fails, with the query', async () => {
      const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.route('**/api/v1/query_range*', (route) =>
        route.fulfill({
          status: 422,
          contentType: 'application/json',
          body: '{"status":"error","errorType":"execution","error":"too many <b>samples</b>"}',
        }),
      );
      await page.goto(`${preview().url}?dashboard=all-panels&kiosk=1`);
      await settled(page);
      const failed = page.locator(panel('Waiting'));
      expect(await failed.getAttribute('data-state')).toBe('error');
      const words = await failed.getByRole('alert').innerText();
      expect(words).toContain('too many <b>samples</b>');
      expect(words).toContain('{job=~".+"');
    });

    it('shows lines of a log, each with its fields, and traces', async () => {
      const end = 1_795_000_020_000;
      const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const lines = ['error', 'info'].map((level, index) => ({
        time: end - (index + 1) * 60_000,
        level,
        fields: { event: 'call.failed', message: '<i>not markup</i>', attempt: index },
      }));
      const traces = [
        { traceId: 'a'.repeat(32), name: 'call', start: end - 90_000, duration: 31_500, status: 'error' },
      ];
      await page.route('**/api/logs*', (route) => route.fulfill({ json: { lines } }));
      await page.route('**/api/traces*', (route) => route.fulfill({ json: { traces } }));
      await page.goto(`${preview().url}?dashboard=all-panels&kiosk=1&theme=dark`);
      await settled(page);
      const logs = page.locator('section.panel[data-panel-type=logs]');
      expect(await logs.getAttribute('data-state')).toBe('ready');
      await logs.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => logs.locator('dl').first().innerText()).toContain('<i>not markup</i>');
      const row = page.locator(`${panel('Slow calls')} tbody tr`);
      await expect(row.innerText()).resolves.toMatch(/call\s+31\.5 s/);
    });

    it('says what Grafana will ask where there are no made-up lines', async () => {
      const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.route('**/api/logs*', (route) => route.fulfill({ status: 404, json: { reason: 'none' } }));
      await page.goto(`${preview().url}?dashboard=all-panels&kiosk=1`);
      await settled(page);
      const logs = page.locator('section.panel[data-panel-type=logs]');
      expect(await logs.getAttribute('data-state')).toBe('unavailable');
      await expect(logs.locator('code').innerText()).resolves.toContain('level="error"');
    });

    it('is dark or light as the reader likes, and can be read in both', async () => {
      for (const colorScheme of ['dark', 'light'] as const) {
        const page = await open('?dashboard=all-panels', { colorScheme });
        expect(await page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
        const values = await inPage<{ texts: string[]; grounds: string[] }>(
          page,
          `(() => {
            const style = getComputedStyle(document.documentElement);
            const value = (name) => style.getPropertyValue(name).trim();
            return {
              texts: ['--text', '--text-weak', '--link', '--error', '--warning', '--good'].map(value),
              grounds: ['--canvas', '--panel', '--raised'].map(value),
            };
          })()`,
        );
        expect(values.texts).toHaveLength(6);
        for (const text of values.texts) {
          for (const ground of values.grounds) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
        }
        await page.getByRole('button', { name: 'Light theme' }).click();
        expect(await page.locator('html').getAttribute('data-theme')).not.toBe(colorScheme);
      }
    });

    it('has landmarks, headings and a name for everything that can be reached', async () => {
      const page = await open('?dashboard=all-panels');
      expect(await page.locator('main').count()).toBe(1);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('h2').count()).toBeGreaterThan(1);
      const nameless = await inPage<string[]>(
        page,
        `[...document.querySelectorAll('button, a[href], input, [tabindex="0"]')]
          .filter((each) => !each.hasAttribute('aria-label') && !each.hasAttribute('aria-labelledby'))
          .filter((each) => each.textContent.trim() === '' && !each.hasAttribute('title'))
          .map((each) => each.outerHTML.slice(0, 120))`,
      );
      expect(nameless).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await inPage(page, 'document.activeElement.textContent')).toBe('Skip to the dashboard');
    });
  });
});

it('has its files where the server looks for them', () => {
  const page = resolve(import.meta.dirname, '../../../src/preview/page');
  for (const file of [
    'index.html',
    'main.ts',
    'styles/page.css',
    'styles/controls.css',
    'styles/panels.css',
    'styles/charts.css',
  ])
    expect(existsSync(join(page, file))).toBe(true);
});
