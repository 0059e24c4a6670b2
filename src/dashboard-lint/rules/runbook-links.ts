import type { Panel } from '../../model/model.js';
import { leafPanels, named } from '../board.js';
import { list } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';

/** An objective may do without alerts. */
function isWatched({ source, thresholdsFrom }: Panel): boolean {
  if (thresholdsFrom !== undefined) return true;
  return source.kind === 'slo' && (source.slo.alerting.page || source.slo.alerting.ticket);
}

/** A panel with an alert leads to what is done about it. */
export const runbookLinks: Rule = {
  id: 'runbook-links',
  from: 'obs-gen',
  needsModel: true,
  *check(board, { model, authored }) {
    if (model?.service.runbooks === undefined) return;
    for (const panel of leafPanels(board)) {
      const own = authored?.get(panel.id ?? 0);
      if (own === undefined || !isWatched(own)) continue;
      yield verdict(
        list(panel.json['links']).length > 0,
        inPanel(panel, 'links'),
        `${named(panel)} shows what an alert watches, and does not lead to its runbook`,
        'add a link to the runbook of the alert',
      );
    }
  },
};
