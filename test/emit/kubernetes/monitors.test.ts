import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubernetesMonitors } from '../../../src/emit/kubernetes/monitors.js';
import type { SpecManifest } from '../../../src/emit/kubernetes/manifest.js';
import { modelOf } from '../../support/model.js';

interface Endpoint {
  readonly port: string;
  readonly relabelings: readonly object[];
  readonly authorization?: object;
  readonly tlsConfig?: object;
}
interface Monitor extends SpecManifest {
  readonly spec: {
    readonly namespaceSelector?: object;
    readonly selector: object;
    readonly endpoints?: readonly Endpoint[];
    readonly podMetricsEndpoints?: readonly Endpoint[];
  };
}

function spec(stack: string, service = '', label = 'outcome'): string {
  return `version: 1
service: { name: shop${service} }
target: { prometheus: { scrapeInterval: 20s } }
labels: { ${label}: { description: Outcome., values: [ok, failed] } }
metrics: { orders_total: { type: counter, help: Orders., labels: [${label}] } }
stack: { ${stack} }
`;
}

function monitorOf(text: string): { readonly monitor: Monitor; readonly content: string } {
  const [file] = kubernetesMonitors.files(modelOf(text));
  const content = file?.content ?? '';
  return { monitor: parse(content) as Monitor, content };
}

describe('the monitor of the service', () => {
  it('finds Services by their labels and scrapes the port as the spec says', () => {
    const { monitor } = monitorOf(
      spec(
        "service: { path: /stats }, kubernetes: { namespace: telemetry, serviceNamespace: shops, selector: { app: 'till' }, portName: web }",
      ),
    );
    expect(monitor.kind).toBe('ServiceMonitor');
    expect(monitor.spec).toEqual({
      namespaceSelector: { matchNames: ['shops'] },
      selector: { matchLabels: { app: 'till' } },
      endpoints: [
        {
          port: 'web',
          path: '/stats',
          scheme: 'http',
          interval: '20s',
          relabelings: [{ targetLabel: 'job', replacement: 'shop' }],
        },
      ],
    });
  });

  it('finds pods where there is no Service', () => {
    const { monitor } = monitorOf(spec('kubernetes: { monitor: pod }'));
    expect(monitor.kind).toBe('PodMonitor');
    expect(monitor.spec.endpoints).toBeUndefined();
    expect(monitor.spec.podMetricsEndpoints).toHaveLength(1);
    expect(monitor.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'shop' } });
  });

  it('looks in its own namespace, where the service is there', () => {
    for (const text of ['kubernetes: {}', 'kubernetes: { namespace: telemetry }'])
      expect(monitorOf(spec(text)).monitor.spec.namespaceSelector).toBeUndefined();
  });

  it('sets the labels that the rules tell the service by', () => {
    const { monitor } = monitorOf(spec('kubernetes: {}', ", selector: { job: shop-eu, region: '$1' }"));
    expect(monitor.spec.endpoints?.[0]?.relabelings).toEqual([
      { targetLabel: 'job', replacement: 'shop-eu' },
      { targetLabel: 'region', replacement: '$$1' },
    ]);
  });

  it.each(['container', 'endpoint', 'pod', 'service', 'namespace'])(
    'leaves a label `%s` to the service, where it has one of its own',
    (label) => {
      const { monitor } = monitorOf(spec('kubernetes: {}', '', label));
      expect(monitor.spec.endpoints?.[0]?.relabelings).toContainEqual({ action: 'labeldrop', regex: label });
    },
  );

  it.each(['/run/secrets/metrics-token', './tokens/metrics'])('takes the token %s from a Secret', (file) => {
    const { monitor, content } = monitorOf(spec(`service: { tokenFile: ${file} }, kubernetes: {}`));
    const { authorization } = monitor.spec.endpoints?.[0] ?? {};
    expect(authorization).toMatchObject({ credentials: { name: 'shop-scrape' } });
    const { credentials } = authorization as { readonly credentials: { readonly key: string } };
    expect(content).toContain(`kubectl create secret generic shop-scrape --from-file=${credentials.key}\n`);
  });

  it('shows its certificate where the parts have an authority of their own', () => {
    const https = 'service: { scheme: https }, kubernetes: {}';
    const { monitor } = monitorOf(spec(`access: { tls: true }, ${https}`));
    expect(monitor.spec.endpoints?.[0]?.tlsConfig).toEqual({
      ca: { secret: { name: 'shop-prometheus-tls', key: 'ca.crt' } },
      cert: { secret: { name: 'shop-prometheus-tls', key: 'tls.crt' } },
      keySecret: { name: 'shop-prometheus-tls', key: 'tls.key' },
      serverName: 'shop',
    });
    const other = monitorOf(spec(https));
    expect(other.monitor.spec.endpoints?.[0]?.tlsConfig).toBeUndefined();
    expect(other.content).toContain('one that Prometheus trusts');
  });

  it('is not there outside Kubernetes', () => {
    expect(kubernetesMonitors.files(modelOf(spec('')))).toEqual([]);
  });
});
