import type { Evidence, SeenPanel } from '../evidence.js';
import type { Draft, DraftPanel, Entry } from '../draft.js';

/** `HTTP overview (prod)` is `http-overview-prod`. */
export function slugOf(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return (/^[a-z]/.test(words) ? words : `board-${words}`.replace(/-$/, '')).slice(0, 55).replace(/-$/, '');
}

function freeSlug(draft: Draft, title: string): string {
  const slug = slugOf(title);
  if (!draft.dashboards.has(slug)) return slug;
  for (let at = 2; ; at += 1) if (!draft.dashboards.has(`${slug}-${at}`)) return `${slug}-${at}`;
}

function panelOf(panel: SeenPanel): DraftPanel {
  const entry: Entry = {
    title: panel.title,
    type: panel.type,
    description: panel.description,
    query: panel.query,
    queries: panel.queries === undefined ? undefined : Object.fromEntries(panel.queries),
    text: panel.text,
    unit: panel.unit,
    stack: panel.stack ? true : undefined,
  };
  return { entry, where: panel.where };
}

/** The key of a label with this name on the wire; the one that most labels have it for stands first. */
function keyOf(draft: Draft, wire: string): string | undefined {
  if (draft.labels.has(wire)) return wire;
  return [...draft.labels].find(([, entry]) => entry['as'] === wire)?.[0];
}

/** Takes the dashboards over. */
export function draftBoards(evidence: Evidence, draft: Draft): void {
  for (const { title, rows, variables, where } of evidence.boards) {
    const keys: string[] = [];
    for (const wire of variables) {
      const key = keyOf(draft, wire);
      if (key !== undefined) keys.push(key);
      else
        evidence.note(
          'left out',
          `dashboards.${title}`,
          `the variable of the label ${wire}: no metric of the spec has it`,
          where,
        );
    }
    draft.dashboards.set(freeSlug(draft, title), {
      entry: { title, ...(keys.length === 0 ? {} : { variables: keys }) },
      rows: rows.map((row) => ({ title: row.title, panels: row.panels.map(panelOf) })),
      where,
    });
  }
}
