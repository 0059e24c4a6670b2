import { leafPanels, named } from '../board.js';
import { number, text } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';

/** The last version of the classic form. */
const latest = 42;

/** Grafana need not migrate the file, and does not take panels for those of an old release. */
export const schemaVersion: Rule = {
  id: 'schema-version',
  from: 'obs-gen',
  *check(board) {
    const version = number(board.json['schemaVersion']);
    yield verdict(
      version === latest,
      { path: 'schemaVersion' },
      `the schemaVersion is ${version ?? 'missing'}, so that each load migrates the dashboard`,
      `save it with a recent Grafana, which writes ${latest}`,
    );
    for (const panel of leafPanels(board)) {
      yield verdict(
        (text(panel.json['pluginVersion']) ?? '') !== '',
        inPanel(panel, 'pluginVersion'),
        `${named(panel)} has no pluginVersion`,
        'without it, Grafana runs the migrations of old releases over its options',
      );
    }
  },
};
