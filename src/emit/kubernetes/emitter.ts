import { allDashboards } from '../../dashboards/index.js';
import { printYaml } from '../../encode/yaml.js';
import { defineEmitter } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { dashboardConfigMap, type ConfigMap } from './config-map.js';
import { grafanaResources } from './grafana-operator.js';
import { annotationsSize, largestAnnotations } from './size.js';

const sidecar = `The sidecar of Grafana's charts takes it: sidecar.dashboards.label is grafana_dashboard. For the folder, set
sidecar.dashboards.folderAnnotation to grafana_folder and sidecar.dashboards.provider.foldersFromFilesStructure to true.`;

const serverSide = `Larger than what plain \`kubectl apply\` can remember: kubectl apply --server-side`;

function header(configMap: ConfigMap): string {
  const isLarge = annotationsSize(configMap) > largestAnnotations;
  return [generatedHeader, sidecar, ...(isLarge ? [serverSide] : [])].join('\n');
}

/** A ConfigMap for each dashboard, or resources of the Grafana Operator, where the service runs in Kubernetes. */
export const kubernetesDashboards = defineEmitter({
  id: 'kubernetes-dashboards',
  title: 'Dashboards for Kubernetes',
  files(model) {
    const kubernetes = model.stack?.kubernetes;
    if (kubernetes === undefined) return [];
    if (kubernetes.dashboards === 'operator') return grafanaResources(model);
    return allDashboards(model).map((dashboard) => {
      const configMap = dashboardConfigMap(model, dashboard);
      return {
        path: `kubernetes/dashboards/${dashboard.name}.yaml`,
        content: printYaml(configMap, header(configMap)),
      };
    });
  },
});
