import type { Dashboard, Model } from '../../model/model.js';
import { allDashboards } from '../../dashboards/index.js';
import type { OutputFile } from '../emitter.js';
import { buildDashboard } from '../grafana/build.js';
import { dataSources, type DataSource } from '../grafana-provisioning/data-sources.js';
import { folderUid } from '../grafana-provisioning/names.js';
import { commonLabels, manifestFile, metadata, type SpecManifest } from './manifest.js';
import { certificateSecret, subdomain } from './names.js';
import { annotationsSize, largestAnnotations } from './size.js';

const apiVersion = 'grafana.integreatly.org/v1beta1';

/** The Grafana that takes them, by the label that the Operator's own examples have, in whichever namespace it runs. */
const taker = {
  instanceSelector: { matchLabels: { dashboards: 'grafana' } },
  allowCrossNamespaceImport: true,
};

const takerNote = 'For a Grafana resource with the label dashboards=grafana.';

/** The ConfigMap that holds what the addresses of data sources leave open. */
function addressesName({ service }: Model): string {
  return subdomain(service.name, 'grafana');
}

/** Provisioning files write a dollar sign twice; the Operator hands on what it reads. */
function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unescaped(item)]));
}

/** Names of environment variables that an address leaves to be filled in. */
function variablesOf(url: string): readonly string[] {
  return [...url.replaceAll('$$', '').matchAll(/\$\{([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name);
}

/** A place in a data source that the Operator fills in. */
interface Filled {
  readonly targetPath: string;
  readonly valueFrom: object;
}

/** Certificates, which Grafana reads from files where it is given files. */
const certificate = /^\$__file\{.*\/([^/{}]+)\}$/;

/** What is secret, with the keys of cert-manager's Secret in the place of files; the Operator fills in `${KEY}`. */
function secrets(
  model: Model,
  data: object | undefined,
): { readonly data: object | undefined; readonly filled: readonly Filled[] } {
  const filled: Filled[] = [];
  if (data === undefined) return { data, filled };
  const entries = Object.entries(data as Readonly<Record<string, string>>).map(([name, text]) => {
    const key = certificate.exec(text)?.[1];
    if (key === undefined) return [name, unescaped(text)] as const;
    const secretKeyRef = { name: certificateSecret(model, 'grafana'), key };
    filled.push({ targetPath: `secureJsonData.${name}`, valueFrom: { secretKeyRef } });
    return [name, `\${${key}}`] as const;
  });
  return { data: Object.fromEntries(entries), filled };
}

/** The address, with keys of a ConfigMap in the place of environment variables. */
function addresses(model: Model, { url }: DataSource): readonly Filled[] {
  return variablesOf(url).map((key) => ({
    targetPath: 'url',
    valueFrom: { configMapKeyRef: { name: addressesName(model), key } },
  }));
}

function grafanaDatasource(model: Model, source: DataSource): SpecManifest {
  const { secureJsonData, ...shown } = source;
  const { uid, ...datasource } = unescaped(shown) as Omit<DataSource, 'secureJsonData'>;
  const { data, filled } = secrets(model, secureJsonData);
  const valuesFrom = [...addresses(model, source), ...filled];
  return {
    apiVersion,
    kind: 'GrafanaDatasource',
    metadata: metadata(
      model,
      subdomain(model.service.name, 'datasource', uid),
      commonLabels(model, 'datasource'),
    ),
    spec: {
      ...taker,
      uid,
      datasource: { ...datasource, secureJsonData: data },
      valuesFrom: valuesFrom.length === 0 ? undefined : valuesFrom,
    },
  };
}

function datasourceFile(model: Model, source: DataSource): OutputFile {
  const manifest = grafanaDatasource(model, source);
  const open = variablesOf(source.url);
  const notes = [
    takerNote,
    ...(open.length === 0
      ? []
      : [`Its address is filled in from the ConfigMap ${addressesName(model)}: ${open.join(', ')}.`]),
  ];
  return manifestFile(`grafana/datasource-${source.type}.yaml`, manifest, notes);
}

/** The folder, by its title alone: services that share it make the same one. */
function folderName({ target }: Model): string {
  return subdomain(folderUid(target.grafana.folder));
}

function folder(model: Model): OutputFile {
  const { folder: title } = model.target.grafana;
  const labels = { 'app.kubernetes.io/managed-by': 'obs-gen' };
  const manifest = {
    apiVersion,
    kind: 'GrafanaFolder',
    metadata: metadata(model, folderName(model), labels),
    spec: { ...taker, uid: folderUid(title), title },
  };
  return manifestFile('grafana/folder.yaml', manifest, [takerNote]);
}

function dashboardFile(model: Model, dashboard: Dashboard): OutputFile {
  const manifest = {
    apiVersion,
    kind: 'GrafanaDashboard',
    metadata: metadata(
      model,
      subdomain(model.service.name, 'dashboard', dashboard.name),
      commonLabels(model, 'dashboard'),
    ),
    spec: {
      ...taker,
      folderRef: folderName(model),
      json: JSON.stringify(buildDashboard(model, dashboard)),
    },
  };
  const isLarge = annotationsSize(manifest) > largestAnnotations;
  return manifestFile(`dashboards/${dashboard.name}.yaml`, manifest, [
    takerNote,
    ...(isLarge ? ['Larger than what plain `kubectl apply` can remember: kubectl apply --server-side'] : []),
  ]);
}

/** Dashboards, their folder and their data sources, as resources of the Grafana Operator. */
export function grafanaResources(model: Model): readonly OutputFile[] {
  const dashboards = allDashboards(model);
  if (dashboards.length === 0) return [];
  return [
    folder(model),
    ...dataSources(model).map((source) => datasourceFile(model, source)),
    ...dashboards.map((dashboard) => dashboardFile(model, dashboard)),
  ];
}
