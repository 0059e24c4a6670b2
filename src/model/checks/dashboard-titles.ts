import { diagnostic } from '../../diagnostics/create.js';
import type { Dashboard, Panel } from '../model.js';
import type { Rule } from './rule.js';

/** OBS3515, OBS3517: titles tell dashboards, and the panels of a row, apart. */
export const dashboardTitles: Rule = function* ({ model }) {
  const boards = new Map<string, Dashboard>();
  for (const dashboard of model.dashboards.values()) {
    const before = boards.get(dashboard.title);
    if (before !== undefined && !dashboard.repaired.has('title')) {
      yield diagnostic('OBS3515', {
        message: `two dashboards are called \`${dashboard.title}\``,
        range: dashboard.origin.of('title'),
        related: [{ range: before.origin.of('title'), message: 'the first one' }],
        help: 'people choose by the title: say what tells them apart',
      });
    }
    boards.set(dashboard.title, before ?? dashboard);
    // A title may stand for what could not be read.
    if (dashboard.repaired.has('rows')) continue;
    for (const row of dashboard.rows) {
      const panels = new Map<string, Panel>();
      for (const panel of row.panels) {
        const twin = panels.get(panel.title);
        if (twin !== undefined && panel.title !== '') {
          yield diagnostic('OBS3517', {
            message: `two panels of the row \`${row.title}\` are called \`${panel.title}\``,
            range: panel.origin.key,
            related: [{ range: twin.origin.key, message: 'the first one' }],
            help: 'say in `title` what tells them apart',
          });
        }
        panels.set(panel.title, twin ?? panel);
      }
    }
  }
};
