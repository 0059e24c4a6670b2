import { leafPanels, named } from '../board.js';
import { verdict, type Rule } from '../rule.js';

const plugins: Readonly<Record<string, readonly string[]>> = {
  logs: ['loki', 'elasticsearch', 'grafana-opensearch-datasource', 'victoriametrics-logs-datasource'],
  traces: ['tempo', 'jaeger', 'zipkin'],
};

/** Logs and traces have a variable for their data source too. */
export const foreignDatasources: Rule = {
  id: 'foreign-datasources',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      for (const { datasource, path } of panel.targets) {
        const type = datasource.type ?? '';
        if (![...(plugins['logs'] ?? []), ...(plugins['traces'] ?? [])].includes(type)) continue;
        const declared = board.variables.find(({ name }) => name === datasource.variable);
        yield verdict(
          declared?.type === 'datasource' && declared.query === type,
          { panel, path },
          `${named(panel)} asks a ${type} that nobody can choose`,
          `add a variable \`${type}_datasource\``,
        );
      }
    }
  },
};
