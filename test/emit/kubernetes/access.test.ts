import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubernetesAccess } from '../../../src/emit/kubernetes/access.js';
import { kubernetesCollector } from '../../../src/emit/kubernetes/collector/emitter.js';
import { kubernetesMonitors } from '../../../src/emit/kubernetes/monitors.js';
import type { SpecManifest } from '../../../src/emit/kubernetes/manifest.js';
import { models } from '../../kubernetes/specs.js';
import { modelOf } from '../../support/model.js';

interface Port {
  readonly protocol: string;
  readonly port: number;
  readonly endPort?: number;
}
interface Policy extends SpecManifest {
  readonly spec: {
    readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly policyTypes: readonly string[];
    readonly ingress: readonly { readonly from?: readonly object[]; readonly ports: readonly Port[] }[];
  };
}
interface Certificate extends SpecManifest {
  readonly spec: {
    readonly secretName: string;
    readonly dnsNames?: readonly string[];
    readonly isCA?: boolean;
    readonly issuerRef: { readonly name: string };
  };
}

function spec(stack: string, kubernetes: string): string {
  return `version: 1
service: { name: shop }
stack: { ${stack}${stack === '' ? '' : ', '}kubernetes: { ${kubernetes} } }
metrics: { orders_total: { type: counter, help: Orders. } }
`;
}

function files(text: string): ReadonlyMap<string, SpecManifest> {
  return new Map(
    kubernetesAccess
      .files(modelOf(text))
      .map(({ path, content }) => [path.replace('kubernetes/access/', ''), parse(content) as SpecManifest]),
  );
}

const prometheus = {
  namespaceSelector: {},
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
};

describe('network policies', () => {
  const found = files(
    spec('collector: { instances: 2 }, gpuExporter: true', 'namespace: telemetry, serviceNamespace: shops'),
  );
  const policy = (name: string): Policy['spec'] => (found.get(`${name}.yaml`) as Policy).spec;

  it('let the service speak to the first layer, the first to the second, and nobody to the log agent', () => {
    const fromService = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shops' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
    };
    const otlp = [
      { protocol: 'TCP', port: 4317 },
      { protocol: 'TCP', port: 4318 },
    ];
    expect(policy('balancer-ingress').ingress[0]).toEqual({ from: [fromService], ports: otlp });
    expect(policy('collector-ingress').ingress[0]).toEqual({
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop-balancer-collector' } } }],
      ports: otlp,
    });
    expect(policy('logs-ingress').ingress).toEqual([
      { from: [prometheus], ports: [{ protocol: 'TCP', port: 8888 }] },
    ]);
  });

  it('let Prometheus alone read pages with metrics', () => {
    for (const name of ['balancer-ingress', 'collector-ingress', 'gpu-ingress', 'metrics-page'])
      expect(policy(name).ingress.at(-1)?.from).toEqual([prometheus]);
    expect(policy('metrics-page').ingress).toHaveLength(1);
  });

  it('are about incoming connections alone', () => {
    for (const name of found.keys())
      expect(policy(name.replace('.yaml', '')).policyTypes).toEqual(['Ingress']);
  });

  it('stand where the pods are that they are about', () => {
    expect(found.get('metrics-page.yaml')?.metadata.namespace).toBe('shops');
    expect(found.get('other-ports.yaml')?.metadata.namespace).toBe('shops');
    expect(found.get('collector-ingress.yaml')?.metadata.namespace).toBe('telemetry');
  });

  it.each([1, 2, 9464, 65_534, 65_535])('leave every port of the service open but its page at %i', (port) => {
    const other = files(spec(`service: { port: ${port} }`, '')).get('other-ports.yaml') as Policy;
    const tcp = (other.spec.ingress[0]?.ports ?? []).filter(({ protocol }) => protocol === 'TCP');
    const isOpen = (asked: number): boolean =>
      tcp.some((range) => range.port <= asked && asked <= (range.endPort ?? range.port));
    for (let asked = 1; asked <= 65_535; asked++)
      if (isOpen(asked) === (asked === port)) expect.unreachable(`port ${asked}`);
  });
});

describe('certificates', () => {
  it('are there where the parts speak TLS', () => {
    expect([...files(spec('', '')).values()].map(({ kind }) => kind)).not.toContain('Certificate');
    const found = files(spec('access: { tls: true }', 'namespace: telemetry, serviceNamespace: shops'));
    const certificates = [...found.values()].filter(({ kind }) => kind === 'Certificate') as Certificate[];
    expect(certificates.map(({ metadata }) => metadata.name)).toEqual([
      'shop-authority-tls',
      'shop-collector-tls',
      'shop-prometheus-tls',
      'shop-service-tls',
    ]);
    const issuers = [...found.values()].filter(({ kind }) => kind === 'Issuer');
    expect(issuers.map(({ spec: of }) => of)).toEqual(
      [{ ca: { secretName: 'shop-authority-tls' } }, { selfSigned: {} }].reverse(),
    );
    for (const { spec: of } of certificates)
      expect(of.issuerRef.name).toBe(of.isCA === true ? 'shop-root' : 'shop-authority');
  });

  it('hold for the names that the parts are called by', () => {
    const found = files(spec('access: { tls: true }, collector: { instances: 2 }', 'namespace: telemetry'));
    const names = (name: string): readonly string[] =>
      (found.get(`${name}.yaml`) as Certificate).spec.dnsNames ?? [];
    expect(names('collector')).toContain('collector');
    expect(names('balancer')).toContain('shop-balancer-collector.telemetry');
    expect(names('service')).toContain('shop');
  });

  it('are what the pods and monitors refer to', () => {
    for (const model of models().values()) {
      const manifests = kubernetesAccess.files(model).map(({ content }) => parse(content) as Certificate);
      const made = new Set(
        manifests.flatMap((each) => (each.kind === 'Certificate' ? [each.spec.secretName] : [])),
      );
      const others = [...kubernetesCollector.files(model), ...kubernetesMonitors.files(model)];
      const named = others.flatMap(({ content }) =>
        [...content.matchAll(/: (\S+-tls)$/gm)].map(([, name]) => name),
      );
      for (const name of named) expect(made).toContain(name);
    }
  });
});
