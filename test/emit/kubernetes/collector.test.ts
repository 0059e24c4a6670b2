import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubernetesCollector } from '../../../src/emit/kubernetes/collector/emitter.js';
import { kubernetesMonitors } from '../../../src/emit/kubernetes/monitors.js';
import { kubernetesGpu } from '../../../src/emit/kubernetes/gpu-exporter.js';
import type { Manifest } from '../../../src/emit/kubernetes/manifest.js';
import { models } from '../../kubernetes/specs.js';
import { modelOf } from '../../support/model.js';

type Tree = Readonly<Record<string, unknown>>;

/** A value deep in a manifest; undefined where a part of the way is not there. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Tree | undefined)?.[key], value);
}

function spec(stack: string, kubernetes = 'namespace: telemetry', service = 'shop'): string {
  return `version: 1
service: { name: ${service} }
spans: { shop.order: { kind: server } }
stack: { ${stack}${stack === '' ? '' : ', '}kubernetes: { ${kubernetes} } }
`;
}

function files(text: string): ReadonlyMap<string, { readonly manifest: Manifest; readonly content: string }> {
  return new Map(
    kubernetesCollector
      .files(modelOf(text))
      .map(({ path, content }) => [
        path.replace('kubernetes/collector/', ''),
        { manifest: parse(content) as Manifest, content },
      ]),
  );
}

function configIn(map: Manifest | undefined): Tree {
  return parse(String(at(map, 'data', 'collector.yaml'))) as Tree;
}

const pod = ['spec', 'template', 'spec'] as const;

describe('one Collector', () => {
  const found = files(spec('collector: { memory: 2GiB }'));
  const deployment = found.get('collector/deployment.yaml')?.manifest;

  it('stands alone, with a reader of logs on every node', () => {
    expect([...found.keys()].sort()).toEqual([
      'collector/account.yaml',
      'collector/config.yaml',
      'collector/deployment.yaml',
      'collector/monitor.yaml',
      'collector/service.yaml',
      'logs/account.yaml',
      'logs/config.yaml',
      'logs/daemonset.yaml',
      'logs/monitor.yaml',
    ]);
    expect(at(found.get('collector/service.yaml')?.manifest, 'spec', 'clusterIP')).toBeUndefined();
  });

  it('is restarted where its configuration changes', () => {
    const text = String(at(found.get('collector/config.yaml')?.manifest, 'data', 'collector.yaml'));
    expect(at(deployment, 'spec', 'template', 'metadata', 'annotations', 'checksum/config')).toBe(
      createHash('sha256').update(text).digest('hex'),
    );
  });

  it('has the memory that the spec gives it, and collects garbage before it comes to that', () => {
    const container = at(deployment, ...pod, 'containers', 0);
    expect(at(container, 'resources')).toEqual({
      requests: { cpu: '100m', memory: '2048Mi' },
      limits: { memory: '2048Mi' },
    });
    expect(at(container, 'env')).toEqual([{ name: 'GOMEMLIMIT', value: '1638MiB' }]);
  });

  it('may do nothing that it need not do', () => {
    expect(at(deployment, ...pod, 'automountServiceAccountToken')).toBe(false);
    expect(at(deployment, ...pod, 'securityContext')).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(deployment, ...pod, 'containers', 0, 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('listens where its configuration says, and is asked there how it is', () => {
    const config = configIn(found.get('collector/config.yaml')?.manifest);
    const ports = new Map(
      (
        at(deployment, ...pod, 'containers', 0, 'ports') as {
          readonly name: string;
          readonly containerPort: number;
        }[]
      ).map(({ name, containerPort }) => [name, containerPort]),
    );
    const protocols = at(config, 'receivers', 'otlp', 'protocols');
    expect(at(protocols, 'grpc', 'endpoint')).toBe(`0.0.0.0:${ports.get('otlp-grpc') ?? ''}`);
    expect(at(protocols, 'http', 'endpoint')).toBe(`0.0.0.0:${ports.get('otlp-http') ?? ''}`);
    expect(at(config, 'extensions', 'health_check', 'endpoint')).toBe(`0.0.0.0:${ports.get('health') ?? ''}`);
    expect(at(config, 'exporters', 'prometheus', 'endpoint')).toBe(
      `0.0.0.0:${ports.get('span-metrics') ?? ''}`,
    );
    const endpoints = at(found.get('collector/monitor.yaml')?.manifest, 'spec', 'podMetricsEndpoints');
    expect((endpoints as { readonly port: string }[]).map(({ port }) => ports.has(port))).toEqual([
      true,
      true,
    ]);
  });

  it('writes where it may write', () => {
    const config = configIn(found.get('collector/config.yaml')?.manifest);
    const mounts = at(deployment, ...pod, 'containers', 0, 'volumeMounts') as Tree[];
    const storage = mounts.find(({ name }) => name === 'storage');
    expect(storage?.['mountPath']).toBe(at(config, 'extensions', 'file_storage', 'directory'));
    expect(storage?.['readOnly']).toBeUndefined();
  });
});

describe('many Collectors', () => {
  const found = files(spec('collector: { instances: 9 }, access: { tls: true }'));

  it('stand in two layers, the first of which asks for the pods of the second', () => {
    const service = found.get('collector/service.yaml')?.manifest;
    expect(at(service, 'spec', 'clusterIP')).toBe('None');
    const config = configIn(found.get('balancer/config.yaml')?.manifest);
    const resolver = at(config, 'exporters', 'load_balancing/traces', 'resolver', 'k8s', 'service');
    expect(resolver).toBe(`${service?.metadata.name ?? ''}.${service?.metadata.namespace ?? ''}`);
    expect(at(found.get('collector/deployment.yaml')?.manifest, 'spec', 'replicas')).toBe(9);
    expect(at(found.get('balancer/deployment.yaml')?.manifest, 'spec', 'replicas')).toBe(3);
  });

  it('have no token but the first layer, whose account may look for pods', () => {
    const tokens = ['collector', 'balancer', 'logs'].map((role) =>
      at(found.get(`${role}/account.yaml`)?.manifest, 'automountServiceAccountToken'),
    );
    expect(tokens).toEqual([false, true, false]);
    expect(at(found.get('balancer/role.yaml')?.manifest, 'rules')).toEqual([
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    ]);
    const binding = found.get('balancer/role-binding.yaml')?.manifest;
    expect(at(binding, 'subjects', 0, 'name')).toBe(
      at(found.get('balancer/deployment.yaml')?.manifest, ...pod, 'serviceAccountName'),
    );
  });

  it('leave a node one at a time', () => {
    for (const role of ['collector', 'balancer'])
      expect(at(found.get(`${role}/disruption-budget.yaml`)?.manifest, 'spec', 'maxUnavailable')).toBe(1);
  });

  it('are told to services by the address of the first layer', () => {
    expect(found.get('balancer/deployment.yaml')?.content).toContain(
      'Services send OTLP to https://shop-balancer-collector.telemetry:4318',
    );
    expect(found.get('collector/deployment.yaml')?.content).not.toContain('Services send OTLP');
  });

  it('have their certificates where their configuration looks for them', () => {
    for (const role of ['collector', 'balancer']) {
      const config = configIn(found.get(`${role}/config.yaml`)?.manifest);
      const deployment = found.get(`${role}/deployment.yaml`)?.manifest;
      const mounts = at(deployment, ...pod, 'containers', 0, 'volumeMounts') as Tree[];
      const folder = String(mounts.find(({ name }) => name === 'tls')?.['mountPath']);
      expect(at(config, 'receivers', 'otlp', 'protocols', 'grpc', 'tls')).toMatchObject({
        cert_file: `${folder}/tls.crt`,
        key_file: `${folder}/tls.key`,
        client_ca_file: `${folder}/ca.crt`,
      });
    }
  });
});

describe('the reader of logs', () => {
  const daemonSet = (text: string): Manifest | undefined => files(text).get('logs/daemonset.yaml')?.manifest;

  it('reads what the pods of the service write, and nothing of the Collectors', () => {
    const found = files(spec('', 'namespace: telemetry, serviceNamespace: shops'));
    const receiver = at(configIn(found.get('logs/config.yaml')?.manifest), 'receivers', 'file_log');
    expect(at(receiver, 'include')).toEqual(['/var/log/pods/shops_*/*/*.log']);
    expect(at(receiver, 'exclude')).toContain('/var/log/pods/*_shop-logs-collector-*/*/*.log');
  });

  it('is given the folders that its files are in, to read', () => {
    const globs =
      "collector: { logFiles: ['/var/log/shop/*.log', '/var/log/shop/old/*.log', '/srv/a/b.json'] }";
    const mounts = at(daemonSet(spec(globs)), ...pod, 'containers', 0, 'volumeMounts') as Tree[];
    const logs = mounts.filter(({ name }) => String(name).startsWith('logs'));
    expect(logs).toEqual([
      { name: 'logs', mountPath: '/var/log/shop', readOnly: true },
      { name: 'logs-2', mountPath: '/srv/a', readOnly: true },
    ]);
  });

  it('is not there where lines come over OTLP', () => {
    const text = spec('').replace('stack:', 'logs: { outputs: { otlp: true } }\nstack:');
    expect(daemonSet(text)).toBeUndefined();
    expect(daemonSet(spec(''))).toBeDefined();
  });

  it('says that it reads what belongs to root', () => {
    expect(files(spec('')).get('logs/daemonset.yaml')?.content).toContain('must not enforce the baseline');
  });
});

describe('Collectors', () => {
  it('are given what their configuration leaves open', () => {
    const found = files(spec("traces: { endpoint: '${env:TEMPO_URL}' }"));
    const { manifest, content } = found.get('collector/deployment.yaml') ?? {};
    expect(at(manifest, ...pod, 'containers', 0, 'envFrom')).toEqual([
      { secretRef: { name: 'shop-collector-env' } },
    ]);
    expect(content).toContain('kubectl create secret generic shop-collector-env --from-literal=TEMPO_URL=…');
    const closed = files(spec('')).get('collector/deployment.yaml')?.manifest;
    expect(at(closed, ...pod, 'containers', 0, 'envFrom', 0, 'secretRef', 'optional')).toBe(true);
  });

  it('are run by the Operator with the same configuration, and found by the same name', () => {
    const plain = files(spec('collector: { instances: 2 }'));
    const operator = files(spec('collector: { instances: 2 }', 'namespace: telemetry, collector: operator'));
    for (const role of ['collector', 'balancer', 'logs']) {
      const resource = operator.get(`${role}/collector.yaml`)?.manifest;
      const map = plain.get(`${role}/config.yaml`)?.manifest;
      expect(at(resource, 'spec', 'config')).toEqual(configIn(map));
      expect(`${resource?.metadata.name ?? ''}-collector`).toBe(map?.metadata.name);
      expect(at(resource, 'spec', 'resources')).toEqual(
        at(
          plain.get(`${role}/${role === 'logs' ? 'daemonset' : 'deployment'}.yaml`)?.manifest,
          ...pod,
          'containers',
          0,
          'resources',
        ),
      );
    }
    expect(operator.has('collector/deployment.yaml')).toBe(false);
  });

  it('are not there where they are run from elsewhere', () => {
    expect(files(spec('', 'collector: none')).size).toBe(0);
  });

  it('have names that Kubernetes takes of a Service, also behind the Operator', () => {
    for (const service of ['Print_Shop', 'x'.repeat(60)]) {
      const names = [...files(spec('collector: { instances: 2 }', '', service)).values()].map(
        ({ manifest }) => manifest.metadata.name,
      );
      for (const name of names) {
        expect(name).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
        expect(`${name}-headless`.length).toBeLessThanOrEqual(63);
      }
    }
  });

  it.each([...models()])('of "%s" are not found by the monitor of the service', (_, model) => {
    const [monitor] = kubernetesMonitors.files(model);
    const wanted = Object.entries(
      at(parse(monitor?.content ?? ''), 'spec', 'selector', 'matchLabels') as Readonly<
        Record<string, string>
      >,
    );
    const made = [...kubernetesCollector.files(model), ...kubernetesGpu.files(model)].map(
      ({ content }) => parse(content) as Manifest,
    );
    for (const manifest of made.filter(({ kind }) =>
      /^(?:Service|Deployment|DaemonSet|OpenTelemetryCollector)$/.test(kind),
    )) {
      const sets = [manifest.metadata.labels, at(manifest, 'spec', 'template', 'metadata', 'labels')];
      for (const labels of sets.filter((set) => set !== undefined))
        expect(wanted.every(([key, value]) => at(labels, key) === value)).toBe(false);
    }
  });
});
