import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithChromium } from '../../support/chromium.js';
import { describeWithPrometheus } from '../../support/preview.js';
import { type WeakText, weakTexts } from './contrast.js';
import { inPage, openedPreview, settled } from './opened.js';

const spec = resolve(import.meta.dirname, '../../cases/grafana/observability.yaml');

/** What can be reached with Tab, in words; runs in the page. */
const reachable = `[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(
  (each) => each.checkVisibility() && each.tabIndex === 0 && !each.disabled,
)`;

describeWithPrometheus('who reads the preview without a mouse or without eyes', () => {
  describeWithChromium('in a browser', () => {
    const { open } = openedPreview(spec);

    it.each(['all-panels', 'service'])('has names, headings in order and no id twice in %s', async (name) => {
      const page = await open(`?dashboard=${name}&rows=open`);
      await inPage(
        page,
        `document.querySelectorAll('section.panel').forEach((each) => each.scrollIntoView())`,
      );
      await settled(page);
      const nameless = await inPage<string[]>(
        page,
        `[...document.querySelectorAll('button, a[href], input, [tabindex="0"]')]
          .filter((each) => {
            const ids = (each.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
            const named = ids.map((id) => document.getElementById(id)?.textContent ?? '').join('');
            const own = each.getAttribute('aria-label') ?? each.labels?.[0]?.textContent ?? each.textContent;
            return (ids.length > 0 ? named : own).trim() === '';
          })
          .map((each) => each.outerHTML.slice(0, 160))`,
      );
      expect(nameless).toEqual([]);
      const levels = await inPage<number[]>(
        page,
        `[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
          .filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1]))`,
      );
      expect(levels[0]).toBe(1);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
      expect(jumps).toEqual([]);
      const twice = await inPage<string[]>(
        page,
        `[...document.querySelectorAll('[id]')].map(({ id }) => id)
          .filter((id, index, all) => all.indexOf(id) !== index)`,
      );
      expect(twice).toEqual([]);
      const dangling = await inPage<string[]>(
        page,
        `['aria-labelledby', 'aria-controls', 'aria-describedby'].flatMap((name) =>
          [...document.querySelectorAll('[' + name + ']')].flatMap((each) =>
            each.getAttribute(name).split(' ').filter((id) => document.getElementById(id) === null)))`,
      );
      expect(dangling).toEqual([]);
    });

    it.each(['dark', 'light'] as const)('can be read in the %s theme, text by text', async (colorScheme) => {
      const page = await open('?dashboard=all-panels&rows=open&kiosk=1', { colorScheme });
      expect(await inPage<WeakText[]>(page, weakTexts)).toEqual([]);
      await inPage(page, `document.querySelector('h1').style.color = '#808080'`);
      expect((await inPage<WeakText[]>(page, weakTexts)).length).toBeGreaterThan(0);
    });

    it('reaches every control with Tab, in the order of the page', async () => {
      const page = await open('?dashboard=service');
      const all = await inPage<number>(
        page,
        `(() => { const all = ${reachable}; all.forEach((each, index) => { each.dataset.place = index; }); return all.length; })()`,
      );
      expect(all).toBeGreaterThan(20);
      const reached: string[] = [];
      for (let press = 0; press < all + 40; press += 1) {
        await page.keyboard.press('Tab');
        const place = await inPage<string>(
          page,
          `(document.activeElement.dataset.place ?? document.activeElement.tagName)`,
        );
        if (place === 'BODY') break;
        reached.push(place);
      }
      const known = reached.filter((place) => /^\d+$/.test(place)).map(Number);
      expect(known).toEqual(Array.from({ length: all }, (_, index) => index));
    });

    it('opens and closes every popup with the keyboard, and gives the focus back', async () => {
      const page = await open('?dashboard=all-panels');
      const owners = `[...document.querySelectorAll('button[aria-haspopup]')].filter((each) => each.checkVisibility())`;
      const count = await inPage<number>(page, `${owners}.length`);
      expect(count).toBeGreaterThan(10);
      for (let index = 0; index < count; index += 1) {
        await inPage(page, `${owners}[${index}].focus()`);
        const name = await inPage<string>(page, `${owners}[${index}].outerHTML.slice(0, 200)`);
        await page.keyboard.press('Enter');
        expect(await page.locator('.popup').count(), name).toBe(1);
        const inside = await inPage(page, `document.activeElement.closest('.popup') !== null`);
        expect(inside, name).toBe(true);
        await page.keyboard.press('Escape');
        expect(await page.locator('.popup').count(), name).toBe(0);
        expect(await inPage(page, `document.activeElement === ${owners}[${index}]`), name).toBe(true);
      }
    });

    it('has its variables in one line where they are few', async () => {
      const page = await open('?dashboard=service');
      const tops = await inPage<number[]>(
        page,
        `[...document.querySelector('.variables').children].map((each) => Math.round(each.getBoundingClientRect().top))`,
      );
      expect(new Set(tops).size).toBe(1);
      await page.locator('#data-sources').click();
      await expect(page.getByRole('dialog').innerText()).resolves.toMatch(/prometheus/i);
    });
  });
});
