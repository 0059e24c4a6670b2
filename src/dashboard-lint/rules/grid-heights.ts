import { named, type BoardPanel } from '../board.js';
import { fault, fine, inPanel, type Rule } from '../rule.js';

/** Whether panels fill the room beside a higher one, stacked. */
function isStacked(panel: BoardPanel, beside: readonly BoardPanel[], all: readonly BoardPanel[]): boolean {
  const { grid } = panel;
  const tallest = Math.max(...beside.map((each) => (each.grid?.y ?? 0) + (each.grid?.h ?? 0)));
  if (grid === undefined || grid.y + grid.h >= tallest) return true;
  return all.some(
    ({ grid: below, foldedInto, type }) =>
      below !== undefined &&
      type !== 'row' &&
      foldedInto === panel.foldedInto &&
      below.y === grid.y + grid.h &&
      below.x <= grid.x &&
      below.y + below.h <= tallest,
  );
}

/** Panels that begin beside each other end beside each other: no holes, no steps. */
export const gridHeights: Rule = {
  id: 'grid-heights',
  from: 'obs-gen',
  *check(board) {
    const placed = board.panels.filter(({ grid, type }) => grid !== undefined && type !== 'row');
    for (const panel of placed) {
      const beside = placed.filter(
        ({ grid, foldedInto }) => grid?.y === panel.grid?.y && foldedInto === panel.foldedInto,
      );
      const place = inPanel(panel, 'gridPos.h');
      yield isStacked(panel, beside, placed)
        ? fine(place)
        : fault(
            place,
            `${named(panel)} is lower than the panel beside it`,
            'give the panels of a line one height',
          );
    }
  },
};
