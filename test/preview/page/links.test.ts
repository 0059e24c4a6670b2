import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewUrl } from '../../../src/preview/page/parts/url.js';
import { linkOfPoint } from '../../../src/preview/page/query/link-values.js';
import { describeWithChromium } from '../../support/chromium.js';
import { describeWithPrometheus } from '../../support/preview.js';
import { inPage, openedPreview, panel, settled } from './opened.js';

const spec = resolve(import.meta.dirname, '../../cases/runbooks/observability.yaml');

describe('the address of a link', () => {
  const point = { name: 'p & q', labels: { queue: 'a/b', 'http.route': '/x' }, value: 2.5, time: 1000 };

  it('is filled with what is known of a point', () => {
    expect(linkOfPoint('/d/x?var-queue=${__field.labels.queue}', point)).toBe('/d/x?var-queue=a%2Fb');
    expect(linkOfPoint('?a=${__field.labels["http.route"]:raw}&b=${__series.name}', point)).toBe(
      '?a=%2Fx&b=p%20%26%20q',
    );
    expect(linkOfPoint('?v=${__value.raw}&t=${__value.time}&n=${__field.labels.none}', point)).toBe(
      '?v=2.5&t=1000&n=',
    );
    expect(linkOfPoint('?${__all_variables}&${job}', point)).toBe('?${__all_variables}&${job}');
  });

  it('leads to the dashboard whose name says the most', () => {
    const uids = new Map(['latency', 'slo-latency'].map((name) => [name, name]));
    expect(previewUrl('/d/shop-slo-latency?from=now-1h', uids)).toBe('/?dashboard=slo-latency&from=now-1h');
  });
});

describeWithPrometheus('links and rows of the preview', () => {
  describeWithChromium('in a browser', () => {
    const { preview, open } = openedPreview(spec);

    it('leads from a series to another dashboard, with the time and the label of the series', async () => {
      const page = await open('?dashboard=desk&from=now-30m&to=now');
      const chart = page.locator(`${panel('Depth | <i>')} .chart`);
      await expect(chart.getAttribute('aria-description')).resolves.toContain('Enter shows the links');
      await chart.focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      const box = page.getByRole('dialog');
      const names = await box.locator('.pinned-series .tooltip-name').allInnerTexts();
      expect(names.length).toBeGreaterThan(0);
      const link = box.getByRole('link').first();
      const target = new URL((await link.getAttribute('href')) ?? '', preview().url);
      expect(target.searchParams.get('from')).toBe('now-30m');
      expect(target.searchParams.get('var-queue')).toMatch(/\w/);
      await page.keyboard.press('Escape');
      expect(await box.count()).toBe(0);
      expect(await inPage(page, 'document.activeElement.classList.contains("chart")')).toBe(true);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.searchParams.get('dashboard') === 'service');
      await settled(page);
      await expect
        .poll(() => page.locator('#var-queue').innerText())
        .toBe(target.searchParams.get('var-queue'));
      await expect(page.locator('#time-range').innerText()).resolves.toBe('Last 30 minutes');
    });

    it('shows the links of the series that is clicked, and says which are in Grafana', async () => {
      const page = await open('?dashboard=desk');
      const plot = page.locator(`${panel('Depth | <i>')} .u-over`);
      await plot.hover({ position: { x: 200, y: 60 } });
      await expect(page.locator('.tooltip-hint').innerText()).resolves.toBe('Click for links');
      await plot.click({ position: { x: 200, y: 60 } });
      const box = page.locator('.pinned');
      expect(await box.getByRole('link').count()).toBeGreaterThan(0);
      expect(await page.locator('.tooltip').count()).toBe(0);
      const elsewhere = box.locator('.pinned-elsewhere');
      for (const text of await elsewhere.allInnerTexts()) expect(text).toContain('in Grafana');
      expect(await elsewhere.locator('a').count()).toBe(0);
      await page.locator('h1').click();
      expect(await box.count()).toBe(0);
    });

    it('loads the panels of a closed row when it is opened', async () => {
      const page = await open('?dashboard=service&kiosk=1');
      const row = page.locator('section.row:has(.row-toggle[aria-expanded=false])').first();
      const title = await row.locator('.row-title').innerText();
      expect(await row.locator('section.panel').count()).toBe(0);
      await row.locator('.row-toggle').click();
      const opened = page.locator(`section.row:has(.row-title:text-is("${title}")) section.panel`);
      await expect.poll(() => opened.first().getAttribute('data-state')).toMatch(/ready|empty/);
    });

    it('opens all rows where the address says so', async () => {
      const page = await open('?dashboard=service&kiosk=1&rows=open');
      expect(await page.locator('.row-toggle[aria-expanded=false]').count()).toBe(0);
      const states = await inPage<string[]>(
        page,
        `[...document.querySelectorAll('section.panel')].map((each) => each.dataset.state)`,
      );
      expect(states.filter((state) => state !== 'ready' && state !== 'empty')).toEqual([]);
      expect(new URL(page.url()).searchParams.get('rows')).toBe('open');
    });
  });
});
