import type { Page } from 'playwright-core';
import type { Overflow } from '../../src/preview/page/parts/overflow.js';

/** A panel on the page. */
interface Drawn {
  readonly id: string;
  readonly state: string;
  /** What it says instead of its data. */
  readonly words: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What stands on the page. */
interface Seen {
  readonly panels: readonly Drawn[];
  readonly overflows: readonly Overflow[];
  readonly width: number;
  readonly scrollWidth: number;
}

/** Runs in the page, which knows nothing of this file. */
const look = `({
  panels: Array.from(document.querySelectorAll('section.panel'), (panel) => {
    const { left, top, right, bottom } = panel.getBoundingClientRect();
    const { panelId: id, state } = panel.dataset;
    const title = panel.querySelector('.panel-title')?.textContent ?? '';
    const said = panel.querySelector('[role="alert"], [role="status"]')?.textContent ?? '';
    return { id: id + ' ' + title.trim(), state, words: said.trim(), left, top, right, bottom };
  }),
  overflows: window.__obsgen.overflows(),
  width: document.documentElement.clientWidth,
  scrollWidth: document.documentElement.scrollWidth,
})`;

/** Opens what is closed until somebody asks for it. */
export const openRows = `document.querySelectorAll('.row-toggle[aria-expanded="false"]').forEach((each) => each.click())`;

/** The height of the whole page in pixels. */
export async function heightOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollHeight');
}

/** Milliseconds until a board has to be drawn. */
const patience = 60_000;

/** Waits until the page says that everything is drawn, what has just been opened included. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
  const selector = 'html[data-state="ready"]:not(:has(section.panel[data-state="loading"]))';
  await page.waitForSelector(selector, { state: 'attached', timeout: patience });
}

function overlap(a: Drawn, b: Drawn): boolean {
  return a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
}

async function seen(page: Page): Promise<readonly string[]> {
  const { panels, overflows, width, scrollWidth } = await page.evaluate<Seen>(look);
  const wrong = panels.filter(({ state }) => state !== 'ready' && state !== 'unavailable');
  const lying = panels.flatMap((panel, index) =>
    panels.slice(index + 1).flatMap((other) => (overlap(panel, other) ? [[panel, other] as const] : [])),
  );
  return [
    ...(panels.length === 0 ? ['there are no panels'] : []),
    ...wrong.map(({ id, state, words }) => `${state}: ${id}: ${words}`),
    ...lying.map(([panel, other]) => `overlap: ${panel.id} and ${other.id}`),
    ...overflows.map(({ panel, text }) => `cut off: ${panel}: ${text}`),
    ...(scrollWidth > width ? [`the page is ${scrollWidth - width} pixels too wide`] : []),
  ];
}

/** Milliseconds in which texts may still find their size after the window has changed. */
const fitting = 2000;

/** What must not be on the picture of a board; empty where it is as it should be. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const deadline = Date.now() + fitting;
  let faults = await seen(page);
  while (faults.length > 0 && Date.now() < deadline) {
    await page.waitForTimeout(200);
    faults = await seen(page);
  }
  return faults;
}
