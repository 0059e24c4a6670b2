import { allDashboards } from '../../dashboards/index.js';
import { printJson } from '../../encode/json.js';
import { defineEmitter } from '../emitter.js';
import { buildDashboard } from './build.js';

/** One file for each dashboard, in Grafana's classic JSON: read by file provisioning, by the API and by ConfigMaps. */
export const grafanaDashboards = defineEmitter({
  id: 'grafana',
  title: 'Grafana dashboards',
  files: (model) =>
    allDashboards(model).map((dashboard) => ({
      path: `grafana/dashboards/${dashboard.name}.json`,
      content: printJson(buildDashboard(model, dashboard)),
    })),
});
