import type { BoardPanel } from '../board.js';
import type { LintContext } from '../context.js';
import { exempt, fault, fine, inPanel, type Rule } from '../rule.js';

/** Whether two panels belong to different objectives, each of which stands behind its name. */
function ofTwoObjectives(one: BoardPanel, other: BoardPanel, { authored }: LintContext): boolean {
  const [first, second] = [one, other].map(({ id }) => authored?.get(id ?? 0));
  return first !== second && first?.source.kind === 'slo' && second?.source.kind === 'slo';
}

/** Titles tell the panels of a row apart. */
export const panelTitles: Rule = {
  id: 'panel-titles',
  from: 'obs-gen',
  *check(board, context) {
    const rows = new Map<string, Map<string, BoardPanel>>();
    let row = '';
    for (const panel of board.panels) {
      if (panel.type === 'row') row = panel.path;
      if (panel.type === 'row' || panel.title === '') continue;
      const under = panel.foldedInto?.path ?? row;
      const seen = rows.get(under) ?? new Map<string, BoardPanel>();
      rows.set(under, seen);
      const place = inPanel(panel, 'title');
      const before = seen.get(panel.title);
      if (before === undefined) yield fine(place);
      else if (ofTwoObjectives(before, panel, context))
        yield exempt(place, 'the panels of an objective stand behind its name');
      else
        yield fault(place, `two panels of a row are called \`${panel.title}\``, 'say what tells them apart');
      if (before === undefined) seen.set(panel.title, panel);
    }
  },
};
