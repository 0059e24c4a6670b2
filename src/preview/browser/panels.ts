import type { Page } from 'playwright-core';
import type { GrafanaDashboard } from '../../emit/grafana/dashboard.js';

/** A panel, as the page says that it was drawn. */
export interface PanelSeen {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly state: 'loading' | 'ready' | 'empty' | 'error' | 'unavailable';
  /** What the panel says, where it shows no data. */
  readonly reason: string;
}

/** Runs in the page. */
const look = `Array.from(document.querySelectorAll('section.panel'), (panel) => ({
  id: Number(panel.dataset.panelId),
  type: panel.dataset.panelType ?? '',
  state: panel.dataset.state ?? 'loading',
  reason: (panel.querySelector('[role="alert"], [role="status"]')?.textContent ?? '').trim(),
}))`;

function titlesOf(dashboard: GrafanaDashboard): ReadonlyMap<number, string> {
  const panels = dashboard.panels.flatMap((each) => [
    each,
    ...(each.type === 'row' && 'panels' in each ? each.panels : []),
  ]);
  return new Map(panels.map(({ id, title }) => [id, title]));
}

/** The panels of a dashboard that a page shows. */
export async function panelsOf(page: Page, url: string, dashboard: string): Promise<readonly PanelSeen[]> {
  const seen = await page.evaluate<readonly Omit<PanelSeen, 'title'>[]>(look);
  const answer = await fetch(`${url}api/dashboards/${dashboard}`);
  const titles = answer.ok ? titlesOf((await answer.json()) as GrafanaDashboard) : new Map<number, string>();
  return seen.map((panel) => ({ ...panel, title: titles.get(panel.id) ?? `panel ${panel.id}` }));
}
