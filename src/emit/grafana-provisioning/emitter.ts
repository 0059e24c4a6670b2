import { allDashboards } from '../../dashboards/index.js';
import { printYaml } from '../../encode/yaml.js';
import type { Model } from '../../model/model.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { dataSources } from './data-sources.js';
import { literal } from './escape.js';
import { folderUid } from './names.js';

const sourcesHeader = `${generatedHeader}
Format: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
Put it into provisioning/datasources of Grafana. Where services share a store, the file that Grafana reads last has the last word on it.`;

function providerHeader(path: string): string {
  return `${generatedHeader}
Format: https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards
Put it into provisioning/dashboards of Grafana, and grafana/dashboards of the output at ${path}.`;
}

function sources(model: Model): OutputFile {
  return {
    path: `grafana/provisioning/datasources/${model.service.name}.yaml`,
    content: printYaml({ apiVersion: 1, datasources: dataSources(model) }, sourcesHeader),
  };
}

/** Tells Grafana where dashboards lie; people may look at them and not change them, since the next build would win. */
function provider(model: Model): OutputFile {
  const { folder, dashboardsPath } = model.target.grafana;
  return {
    path: `grafana/provisioning/dashboards/${model.service.name}.yaml`,
    content: printYaml(
      {
        apiVersion: 1,
        providers: [
          {
            name: `obs-gen ${model.service.name}`,
            orgId: 1,
            type: 'file',
            folder: literal(folder),
            folderUid: folderUid(folder),
            disableDeletion: true,
            allowUiUpdates: false,
            updateIntervalSeconds: 30,
            options: { path: dashboardsPath, foldersFromFilesStructure: false },
          },
        ],
      },
      providerHeader(dashboardsPath),
    ),
  };
}

/** What a Grafana reads at its start: data sources that are linked with each other, and where the dashboards lie. */
export const grafanaProvisioning = defineEmitter({
  id: 'grafana-provisioning',
  title: 'Grafana provisioning',
  files(model) {
    const hasDashboards = allDashboards(model).length > 0;
    return [
      ...(hasDashboards || model.target.grafana.alerts ? [sources(model)] : []),
      ...(hasDashboards ? [provider(model)] : []),
    ];
  },
});
