import { named, type BoardPanel } from '../board.js';
import { fault, inPanel, verdict, type Rule } from '../rule.js';

/** Columns of Grafana's grid. */
const columns = 24;

function isPlaced({ grid }: BoardPanel): boolean {
  if (grid === undefined) return false;
  const { x, y, w, h } = grid;
  return [x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= columns;
}

/** Panels lie on the grid: Grafana moves what does not, differently in each release. */
export const gridBounds: Rule = {
  id: 'grid-bounds',
  from: 'obs-gen',
  *check(board) {
    if (Array.isArray(board.json['rows'])) return;
    for (const panel of board.panels) {
      const place = inPanel(panel, 'gridPos');
      const { grid } = panel;
      if (grid === undefined) {
        yield fault(
          place,
          `${named(panel)} has no place on the grid`,
          'give it `gridPos` with x, y, w and h',
        );
        continue;
      }
      yield verdict(
        isPlaced(panel),
        place,
        `${named(panel)} reaches from column ${grid.x} to ${grid.x + grid.w} of ${columns}`,
        `keep x + w within ${columns}`,
      );
    }
  },
};
