import type { BoardPanel, Place } from '../browser/board.js';
import type { Defect } from './judge.js';

/** The panels of a board, those in closed rows as well. */
export function panelIds(panels: readonly BoardPanel[]): readonly number[] {
  return panels.flatMap(({ id, type, panels: inside = [] }) => [
    ...(type === 'row' ? [] : [id]),
    ...panelIds(inside),
  ]);
}

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Columns of Grafana's grid. */
const columns = 24;

/** What is wrong with the places that a board gives its panels: Grafana's grid moves them apart silently, so that no picture shows it. */
export function misplaced(panels: readonly BoardPanel[]): readonly Defect[] {
  return panels.flatMap(({ title, gridPos, panels: inside = [] }, index): readonly Defect[] => [
    ...(gridPos.x < 0 || gridPos.x + gridPos.w > columns
      ? [
          {
            kind: 'beyond the edge',
            panel: title,
            message: `it ends at column ${gridPos.x + gridPos.w} of ${columns}`,
          } as const,
        ]
      : []),
    ...panels
      .slice(index + 1)
      .filter((other) => overlap(gridPos, other.gridPos))
      .map(
        (other) =>
          ({ kind: 'overlap', panel: title, message: `the board puts "${other.title}" over it` }) as const,
      ),
    ...misplaced(inside),
  ]);
}
