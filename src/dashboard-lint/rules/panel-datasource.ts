import { leafPanels, named } from '../board.js';
import { needsQueries } from '../panel-types.js';
import { exempt, inPanel, verdict, type Rule } from '../rule.js';
import { mixesSources, readDataSource, type DataSourceUse } from '../target.js';

/** Grafana's own sources, which every Grafana has under these names. */
const builtIn = /^(?:-- (?:Grafana|Dashboard|Mixed) --|grafana|__expr__)$/;

function isBuiltIn({ uid, type }: DataSourceUse): boolean {
  return builtIn.test(uid ?? '') || type === '__expr__' || type === 'datasource';
}

/** Every panel and query asks the data source that the reader chose. */
export const panelDatasource: Rule = {
  id: 'panel-datasource-rule',
  from: 'dashboard-linter',
  *check(board) {
    const names = board.variables.filter(({ type }) => type === 'datasource').map(({ name }) => name);
    for (const panel of leafPanels(board)) {
      if (!needsQueries(panel.type) || panel.targets.length === 0) continue;
      const own = { use: readDataSource(panel.json['datasource'], board.variables), place: inPanel(panel) };
      const all = [
        ...(mixesSources(panel.json) ? [] : [own]),
        ...panel.targets.map(({ datasource, path }) => ({ use: datasource, place: { panel, path } })),
      ];
      for (const { use, place } of all) {
        if (isBuiltIn(use)) yield exempt(place, 'the data source is Grafana itself');
        else {
          yield verdict(
            use.variable !== undefined && names.includes(use.variable),
            place,
            `${named(panel)} asks a data source that nobody can choose (\`${use.uid ?? 'the default'}\`)`,
            'use the variable of the data source: `${datasource}`',
          );
        }
      }
    }
  },
};
