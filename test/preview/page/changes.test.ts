import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../src/preview/browser/launch.js';
import type { Model } from '../../../src/model/model.js';
import { describeWithChromium } from '../../support/chromium.js';
import { describeWithPrometheus, modelOfFile, startTestPreview } from '../../support/preview.js';
import { inPage, openPage, panel, settled } from './opened.js';

const spec = resolve(import.meta.dirname, '../../cases/runbooks/observability.yaml');

/** The model of the spec with one panel called otherwise. */
function changedModel(): Model {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-changed-'));
  try {
    const text = readFileSync(spec, 'utf8');
    const changed = text.replace('title: Tasks,', 'title: Tasks done,');
    expect(changed).not.toBe(text);
    writeFileSync(join(folder, 'observability.yaml'), changed);
    return modelOfFile(join(folder, 'observability.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeWithPrometheus('a preview whose spec or data changes', () => {
  describeWithChromium('in a browser', () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await launchBrowser(process.env);
    });

    afterAll(async () => {
      await browser.close();
    });

    it('shows what has changed, with the time, the choices and the place that were there', async () => {
      const faults: string[] = [];
      const preview = await startTestPreview(modelOfFile(spec), { now: 1_795_000_020 });
      try {
        await preview.ready;
        const page = await openPage(
          browser,
          `${preview.url}?dashboard=desk&from=now-30m&to=now&var-job=desk`,
          faults,
          {
            viewport: { width: 1280, height: 400 },
          },
        );
        await inPage(page, 'scrollTo(0, 150)');
        const place = await inPage<number>(page, 'scrollY');
        expect(place).toBeGreaterThan(50);
        expect(await page.locator(panel('Tasks')).count()).toBe(1);
        await preview.update({ model: changedModel(), problems: ['the spec is wrong'] });
        await page.waitForSelector(panel('Tasks done'));
        await page.waitForSelector('.problems');
        await settled(page);
        expect(await page.locator(panel('Tasks')).count()).toBe(0);
        expect(new URL(page.url()).searchParams.get('from')).toBe('now-30m');
        expect(new URL(page.url()).searchParams.get('var-job')).toBe('desk');
        // The list of problems has pushed the rest down.
        expect(Math.abs((await inPage<number>(page, 'scrollY')) - place)).toBeLessThan(120);
        expect(faults).toEqual([]);
      } finally {
        await preview.close();
      }
    });

    it('says once what to install where there is no Prometheus, and still shows the queries', async () => {
      const preview = await startTestPreview(modelOfFile(spec), { env: { PATH: '' } });
      try {
        await preview.ready;
        const page = await openPage(browser, `${preview.url}?dashboard=desk`, []);
        await expect(page.locator('.no-data').innerText()).resolves.toMatch(/prometheus/i);
        const tasks = page.locator(panel('Tasks'));
        expect(await tasks.getAttribute('data-state')).toBe('unavailable');
        await tasks.locator('.panel-menu').click();
        await page.getByRole('menuitem', { name: 'Show queries' }).click();
        await expect(page.getByRole('dialog').innerText()).resolves.toContain('tasks_total');
      } finally {
        await preview.close();
      }
    });
  });
});
