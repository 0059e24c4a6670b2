import { named, type BoardPanel } from '../board.js';
import { fault, fine, inPanel, type Rule } from '../rule.js';

function overlaps(one: BoardPanel, other: BoardPanel): boolean {
  const [a, b] = [one.grid, other.grid];
  if (a === undefined || b === undefined || one.foldedInto !== other.foldedInto) return false;
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** No panel lies on another one. */
export const gridOverlap: Rule = {
  id: 'grid-overlap',
  from: 'obs-gen',
  *check(board) {
    for (const [index, panel] of board.panels.entries()) {
      if (panel.grid === undefined) continue;
      const below = board.panels.slice(0, index).find((other) => overlaps(other, panel));
      const place = inPanel(panel, 'gridPos');
      yield below === undefined
        ? fine(place)
        : fault(place, `${named(panel)} lies on ${named(below)}`, 'move one of them');
    }
  },
};
