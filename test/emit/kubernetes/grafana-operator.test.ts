import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubernetesDashboards } from '../../../src/emit/kubernetes/emitter.js';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import type { SpecManifest } from '../../../src/emit/kubernetes/manifest.js';
import { dataSources } from '../../../src/emit/grafana-provisioning/data-sources.js';
import { shop } from '../../kubernetes/specs.js';
import { modelOf } from '../../support/model.js';

const model = modelOf(shop('', 'namespace: telemetry, dashboards: operator'));
const files = kubernetesDashboards.files(model);

interface Resource extends SpecManifest {
  readonly spec: Source & { readonly json: string; readonly folderRef: string; readonly title: string };
}

function manifests(kind: string): readonly Resource[] {
  return files.map(({ content }) => parse(content) as Resource).filter((manifest) => manifest.kind === kind);
}

interface Source {
  readonly uid: string;
  readonly datasource: { readonly url: string; readonly name: string; readonly type: string };
  readonly valuesFrom?: readonly object[];
}

describe('the resources of the Grafana Operator', () => {
  it('hold the dashboards that file provisioning has, in their folder', () => {
    const [folder] = manifests('GrafanaFolder');
    expect(folder?.spec.title).toBe(model.target.grafana.folder);
    const dashboards = manifests('GrafanaDashboard');
    const provisioned = grafanaDashboards.files(model);
    expect(dashboards.map(({ spec }) => JSON.parse(spec.json) as unknown)).toEqual(
      provisioned.map(({ content }) => JSON.parse(content) as unknown),
    );
    for (const { spec } of dashboards) expect(spec.folderRef).toBe(folder?.metadata.name);
  });

  it('have the data sources that the dashboards ask by their uid', () => {
    const sources = manifests('GrafanaDatasource');
    expect(sources.map(({ spec }) => spec.uid)).toEqual(dataSources(model).map(({ uid }) => uid));
    for (const { spec } of sources) expect(spec.datasource).not.toHaveProperty('uid');
  });

  it('have dollar signs as they are, and fill addresses in from a ConfigMap', () => {
    const [metrics] = manifests('GrafanaDatasource');
    expect(metrics?.spec.datasource.url).toBe('${PROMETHEUS_URL}/$path');
    expect(metrics?.spec.valuesFrom).toEqual([
      { targetPath: 'url', valueFrom: { configMapKeyRef: { name: 'shop-grafana', key: 'PROMETHEUS_URL' } } },
    ]);
    const [logs] = manifests('GrafanaDatasource').filter(({ spec }) => spec.datasource.type === 'loki');
    expect(logs?.spec.valuesFrom).toBeUndefined();
    expect(JSON.stringify(logs?.spec)).toContain('"${__value.raw}"');
  });

  it('show the certificate of a Secret to stores that are parts of the stack, and say whose data is asked for', () => {
    const text = shop('  access: { tls: true, tenant: shop }', 'dashboards: operator').replace(
      /^target: .*\n/m,
      '',
    );
    const sources = kubernetesDashboards
      .files(modelOf(text))
      .map(
        ({ content }) =>
          parse(content) as {
            readonly kind: string;
            readonly spec: Source & { readonly datasource: object };
          },
      )
      .filter(({ kind }) => kind === 'GrafanaDatasource');
    const loki = sources.find(({ spec }) => spec.datasource.type === 'loki')?.spec;
    expect(loki?.datasource).toMatchObject({
      url: 'https://loki:3100',
      jsonData: { tlsAuth: true, httpHeaderName1: 'X-Scope-OrgID' },
      secureJsonData: {
        tlsCACert: '${ca.crt}',
        tlsClientCert: '${tls.crt}',
        tlsClientKey: '${tls.key}',
        httpHeaderValue1: 'shop',
      },
    });
    const key = (name: string, of: string): object => ({
      targetPath: `secureJsonData.${name}`,
      valueFrom: { secretKeyRef: { name: 'shop-grafana-tls', key: of } },
    });
    expect(loki?.valuesFrom).toEqual([
      key('tlsCACert', 'ca.crt'),
      key('tlsClientCert', 'tls.crt'),
      key('tlsClientKey', 'tls.key'),
    ]);
    expect(JSON.stringify(sources)).not.toContain('$__file');
  });

  it('go to Grafanas of any namespace that are labelled so', () => {
    for (const kind of ['GrafanaFolder', 'GrafanaDatasource', 'GrafanaDashboard'])
      for (const { spec } of manifests(kind))
        expect(spec).toMatchObject({
          instanceSelector: { matchLabels: { dashboards: 'grafana' } },
          allowCrossNamespaceImport: true,
        });
  });
});
