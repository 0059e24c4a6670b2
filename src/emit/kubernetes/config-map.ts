import type { Dashboard, Model } from '../../model/model.js';
import { buildDashboard } from '../grafana/build.js';
import { commonLabels } from './manifest.js';
import { subdomain } from './names.js';

/** A ConfigMap as its manifest has it. */
export interface ConfigMap {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly data: Readonly<Record<string, string>>;
}

/**
 * A dashboard for the sidecar of Grafana's charts, which finds ConfigMaps by their label and copies what they hold into one folder: the
 * names of the files are therefore the service's as well.
 */
export function dashboardConfigMap(model: Model, dashboard: Dashboard): ConfigMap {
  const { name: service } = model.service;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: subdomain(service, 'dashboard', dashboard.name),
      namespace: model.sections.stack?.kubernetes?.namespace,
      labels: {
        grafana_dashboard: '1',
        ...commonLabels(model, 'dashboard'),
      },
      annotations: { grafana_folder: model.target.grafana.folder },
    },
    data: { [`${service}-${dashboard.name}.json`]: JSON.stringify(buildDashboard(model, dashboard)) },
  };
}
