import { leafPanels, type BoardPanel } from '../board.js';
import { text } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';

/** More panels than these need headings. */
const plainPage = 6;

/** The panels of a row: those folded into it, or those between it and the next one. */
function isEmpty(row: BoardPanel, panels: readonly BoardPanel[]): boolean {
  if (panels.some(({ foldedInto }) => foldedInto === row)) return false;
  const onPage = panels.filter(({ foldedInto }) => foldedInto === undefined);
  const next = onPage[onPage.indexOf(row) + 1];
  return next === undefined || next.type === 'row';
}

/** Panels stand under headings, and no heading stands alone. */
export const rowStructure: Rule = {
  id: 'row-structure',
  from: 'obs-gen',
  *check(board) {
    const rows = board.panels.filter(({ type }) => type === 'row');
    const isOld = Array.isArray(board.json['rows']);
    if (leafPanels(board).length > plainPage && !isOld) {
      yield verdict(
        rows.length > 0,
        { path: 'panels' },
        `${leafPanels(board).length} panels stand without a heading`,
        'put rows between them: overview first, rare things folded',
      );
    }
    for (const row of rows) {
      yield verdict(
        !isEmpty(row, board.panels),
        inPanel(row),
        `the row \`${row.title}\` is empty`,
        'remove it, or put panels under it',
      );
      yield verdict(
        (text(row.json['title']) ?? '').trim() !== '',
        inPanel(row, 'title'),
        'a row has no title',
        'name what its panels are about',
      );
    }
  },
};
