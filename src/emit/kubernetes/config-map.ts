import { createHash } from 'node:crypto';
import type { Dashboard, Model } from '../../model/model.js';
import { buildDashboard } from '../grafana/build.js';

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

/** The longest name of an object that is a DNS subdomain. */
const longestName = 253;

/** What a label's value may not end in. */
const looseEnd = /[^A-Za-z0-9]+$/;

/**
 * A DNS subdomain made of words; one that had to be changed or cut ends in a hash of what it was made from, so that two never meet.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function subdomain(...words: readonly string[]): string {
  const full = words.join('-');
  const plain = full
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === full && plain.length <= longestName) return plain;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${plain.slice(0, longestName - hash.length - 1).replace(/-+$/, '')}-${hash}`;
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
        'app.kubernetes.io/name': service.replace(looseEnd, ''),
        'app.kubernetes.io/component': 'dashboard',
        'app.kubernetes.io/managed-by': 'obs-gen',
      },
      annotations: { grafana_folder: model.target.grafana.folder },
    },
    data: { [`${service}-${dashboard.name}.json`]: JSON.stringify(buildDashboard(model, dashboard)) },
  };
}
