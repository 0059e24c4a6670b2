import { leafPanels, named } from '../board.js';
import { list } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';

/** A panel with an alert leads to what is done about it. */
export const runbookLinks: Rule = {
  id: 'runbook-links',
  from: 'obs-gen',
  needsModel: true,
  *check(board, { model, authored }) {
    if (model?.service.runbooks === undefined) return;
    for (const panel of leafPanels(board)) {
      const own = authored?.get(panel.id ?? 0);
      if (own?.thresholdsFrom === undefined && own?.source.kind !== 'slo') continue;
      yield verdict(
        list(panel.json['links']).length > 0,
        inPanel(panel, 'links'),
        `${named(panel)} shows what an alert watches, and does not lead to its runbook`,
        'add a link to the runbook of the alert',
      );
    }
  },
};
