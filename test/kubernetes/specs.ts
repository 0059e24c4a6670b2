import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { OutputFile } from '../../src/emit/emitter.js';
import { kubernetesBase, manifestEmitters } from '../../src/emit/kubernetes/base.js';
import type { Manifest } from '../../src/emit/kubernetes/manifest.js';
import type { Model } from '../../src/model/model.js';
import { foldersIn } from '../support/directory.js';
import { modelOf } from '../support/model.js';

const cases = join(import.meta.dirname, '../cases');

/** A spec of which every part has something to say in Kubernetes. */
export function shop(stack: string, kubernetes: string): string {
  return `version: 1
service: { name: shop, owner: shop-team, selector: { job: shop } }
target: { grafana: { urls: { metrics: '\${PROMETHEUS_URL}/$path' } } }
labels:
  outcome: { description: Outcome., values: [ok, failed] }
  endpoint: { description: Endpoint., values: [cart, till] }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome, endpoint] }
spans: { shop.order: { kind: server } }
logs: { events: { order_lost: { level: error, message: Lost. } } }
slis: { orders: { events: { total: orders_total, bad: 'orders_total{outcome="failed"}' } } }
slos: { orders: { sli: orders, objective: 99, period: 30d } }
alerts:
  ShopDown: { expr: 'up{job="shop"} == 0', severity: page, for: 5m, summary: Down, inhibits: all }
stack:
  sampling: { tail: { slowerThan: 30s, rest: 0.1 } }
  alertmanager:
    version: "0.27"
    page:
      pagerduty: { routingKeyFile: /run/secrets/pagerduty }
      slack: { webhookFile: /run/secrets/slack, channel: '#on-call' }
      opsgenie: { apiKeyFile: /run/secrets/opsgenie }
    ticket:
      email: { to: a@example.com, from: b@example.com, smarthost: 'mail.example.com:587', passwordFile: secrets/mail }
      webhook: { url: 'https://example.com/hook' }
    deadMansSwitch: { webhook: { urlFile: /run/secrets/heartbeat } }
${stack}
  kubernetes: { ${kubernetes} }
`;
}

const namespaced = 'namespace: observability, prometheusSelector: { release: kube-prometheus }';

/** Specs that together have every form of every manifest, by what is special about them. */
export const specs: ReadonlyMap<string, string> = new Map([
  ['plain', shop('', namespaced)],
  ['without a namespace', shop('  collector: { instances: 2 }', '')],
  [
    'two layers, TLS, GPUs',
    shop(
      `  service: { tokenFile: /run/secrets/metrics-token, scheme: https }
  collector: { instances: 9, memory: 2GiB }
  traces: { endpoint: 'http://tempo.observability:4318' }
  logs: { endpoint: '\${env:LOKI_URL}' }
  gpuExporter: true
  access: { tls: true, tenant: shop }`,
      `${namespaced}, serviceNamespace: shops`,
    ),
  ],
  [
    'operators',
    shop(
      '  collector: { instances: 2 }\n  access: { tls: true, tenant: shop }',
      `${namespaced}, monitor: pod, selector: { app: shop }, portName: web, collector: operator, dashboards: operator`,
    ),
  ],
  [
    'log files, no collector beside',
    shop("  collector: { logFiles: ['/var/log/shop/*.log', '/srv/*/log/*.json'] }", namespaced),
  ],
  ['no collector', shop('  service: { port: 1 }', `${namespaced}, collector: none`)],
]);

/** The models of these specs, and of all cases that run in Kubernetes. */
export function models(): ReadonlyMap<string, Model> {
  const found = new Map([...specs].map(([name, spec]) => [name, modelOf(spec)]));
  for (const name of foldersIn(cases).filter((folder) => /^(?:kubernetes|research-agent)/.test(folder)))
    found.set(name, modelOf(readFileSync(join(cases, name, 'observability.yaml'), 'utf8')));
  return found;
}

/** Every manifest of a model, without the file that lists them. */
export function manifestFiles(model: Model): readonly OutputFile[] {
  return manifestEmitters.flatMap((emitter) => emitter.files(model));
}

export function manifestsOf(model: Model): readonly Manifest[] {
  return manifestFiles(model).map(({ content }) => parse(content) as Manifest);
}

/** All files below kubernetes/. */
export function baseFiles(model: Model): readonly OutputFile[] {
  return [...manifestFiles(model), ...kubernetesBase.files(model)];
}
