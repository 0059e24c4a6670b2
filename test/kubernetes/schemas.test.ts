import { expect, it } from 'vitest';
import type { Manifest, SpecManifest } from '../../src/emit/kubernetes/manifest.js';
import { describeWithSchemas, typeFaults, validate } from './schemas.js';
import { manifestsOf, models } from './specs.js';

interface RouteManifest extends SpecManifest {
  readonly spec: { readonly route: { readonly routes?: readonly object[] } };
}

/**
 * Manifests are held against the schemas of Kubernetes and of the operators' resources in two ways: their schemas say what has to be
 * there and what values may be, and their types which keys there are.
 */
describeWithSchemas('the manifests', () => {
  const all = new Map([...models()].map(([name, model]) => [name, manifestsOf(model)]));

  it.each([...all])('of "%s" are what their schemas say', async (_, manifests) => {
    expect(manifests.length).toBeGreaterThan(0);
    for (const manifest of manifests)
      await expect(validate(manifest), JSON.stringify(manifest.metadata)).resolves.toBeUndefined();
  });

  it('have routes below routes that are what the schema says of the first', async () => {
    const configs = [...all.values()].flat().filter(({ kind }) => kind === 'AlertmanagerConfig');
    const below = configs.flatMap((config) => {
      const { routes = [] } = (config as RouteManifest).spec.route;
      return routes.map((route) => ({ ...config, spec: { ...(config as RouteManifest).spec, route } }));
    });
    expect(below.length).toBeGreaterThan(0);
    for (const config of below) await expect(validate(config)).resolves.toBeUndefined();
    expect(typeFaults(below)).toEqual([]);
  });

  it('are of every kind that is written', () => {
    const kinds = new Set([...all.values()].flat().map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      [
        ...['AlertmanagerConfig', 'Certificate', 'ConfigMap', 'DaemonSet', 'Deployment', 'GrafanaDashboard'],
        ...['GrafanaDatasource', 'GrafanaFolder', 'Issuer', 'NetworkPolicy', 'OpenTelemetryCollector'],
        ...['PodDisruptionBudget', 'PodMonitor', 'PrometheusRule', 'Role', 'RoleBinding', 'Service'],
        ...['ServiceAccount', 'ServiceMonitor'],
      ].sort(),
    );
  });

  it('have no key that their schemas do not know', () => {
    expect(typeFaults([...all.values()].flat())).toEqual([]);
  });
});

describeWithSchemas('a manifest with a mistake', () => {
  const manifests = [...models().values()].flatMap(manifestsOf);
  const first = (kind: string): SpecManifest => {
    const found = manifests.find((manifest) => manifest.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return found as SpecManifest;
  };
  const changed = (kind: string, change: object): Manifest => {
    const manifest = first(kind);
    return { ...manifest, spec: { ...manifest.spec, ...change } } as Manifest;
  };

  it.each([
    ['PrometheusRule', { groups: [{ rules: [] }] }],
    ['ServiceMonitor', { endpoints: [{ port: 'metrics', interval: 'soon' }] }],
    ['AlertmanagerConfig', { receivers: [{ slackConfigs: [{}] }] }],
    ['NetworkPolicy', { ingress: [{ ports: [{ port: 80, endPort: 'all' }] }] }],
    ['Certificate', { secretName: undefined, privateKey: { algorithm: 'None' } }],
    ['OpenTelemetryCollector', { config: undefined, mode: 'everywhere' }],
    ['GrafanaDashboard', { instanceSelector: undefined }],
    ['Deployment', { template: { spec: { containers: [{ image: 'shop' }] } } }],
  ])('is not what the schema of %s says', async (kind, change) => {
    await expect(validate(first(kind))).resolves.toBeUndefined();
    await expect(validate(changed(kind, change))).rejects.toThrow();
  });

  it('is not what its type says', () => {
    const faults = typeFaults([
      changed('ServiceMonitor', { endpoints: [{ port: 'metrics', intervall: '15s' }] }),
      changed('DaemonSet', { updateStrategie: {} }),
      changed('AlertmanagerConfig', { receivers: [{ name: 'page', slackConfig: [] }] }),
    ]);
    expect(faults).toHaveLength(3);
    for (const [index, key] of ['intervall', 'updateStrategie', 'slackConfig'].entries())
      expect(faults[index]).toContain(`"${key}"`);
  });
});
