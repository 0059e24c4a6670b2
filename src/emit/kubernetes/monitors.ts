import type { Model } from '../../model/model.js';
import type { KubernetesStack, Stack } from '../../model/stack.js';
import { certificateFiles } from '../../stack/certificates.js';
import { serviceJob } from '../stack/scrape.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { manifestFile, metadata, selectedLabels, type SpecManifest } from './manifest.js';
import { certificateSecret, scrapeSecret, subdomain } from './names.js';
import { keysIn, secretCommand, secretKeyOf } from './secret-keys.js';

/** Labels that the Prometheus Operator gives a target, besides `job` and `instance`. */
const targetLabels = ['container', 'endpoint', 'namespace', 'pod', 'service'] as const;

/** Sets a label. A replacement is a template: `$1` in it is a group of the expression. */
export function replaced(label: string, value: string): object {
  return { targetLabel: label, replacement: value.replaceAll('$', '$$$$') };
}

function ownLabels({ metrics }: Model): ReadonlySet<string> {
  return new Set([...metrics.values()].flatMap(({ labels }) => labels.map(({ wire }) => wire)));
}

/**
 * What makes the series the same as those of the stack for one machine: the labels of `service.selector`, a job that is called after the
 * service, and labels of the service's own that the target's would push aside.
 */
export function relabelings(model: Model): readonly object[] {
  const own = ownLabels(model);
  const fixed = new Map([['job', serviceJob(model)], ...model.service.selector]);
  const dropped = targetLabels.filter((label) => own.has(label) && !fixed.has(label));
  return [
    ...[...fixed].map(([label, value]) => replaced(label, value)),
    ...(dropped.length === 0 ? [] : [{ action: 'labeldrop', regex: dropped.join('|') }]),
  ];
}

/** The token, from the Secret whose key is called as the file is below stack/secrets. */
function authorization(model: Model, stack: Stack): object | undefined {
  const { tokenFile } = stack.service;
  if (tokenFile === undefined) return undefined;
  return { credentials: secretKeyOf(model, stack, scrapeSecret(model), tokenFile) };
}

/** TLS of whoever scrapes a part whose certificate is from the stack's own authority. */
export function scrapeTls(model: Model, serverName: string): object {
  const name = certificateSecret(model, 'prometheus');
  return {
    ca: { secret: { name, key: certificateFiles.authority } },
    cert: { secret: { name, key: certificateFiles.certificate } },
    keySecret: { name, key: certificateFiles.key },
    serverName,
  };
}

function endpoint(model: Model, stack: Stack, { portName }: KubernetesStack): object {
  const { path, scheme } = stack.service;
  const isOurs = scheme === 'https' && stack.access.tls;
  return {
    port: portName,
    path,
    scheme,
    interval: model.target.prometheus.scrapeInterval.text,
    authorization: authorization(model, stack),
    tlsConfig: isOurs ? scrapeTls(model, model.service.name) : undefined,
    relabelings: relabelings(model),
  };
}

/** The monitor of the service. */
export function serviceMonitor(model: Model, stack: Stack, kubernetes: KubernetesStack): SpecManifest {
  const { monitor, selector, namespace, serviceNamespace } = kubernetes;
  const endpoints = [endpoint(model, stack, kubernetes)];
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: monitor === 'pod' ? 'PodMonitor' : 'ServiceMonitor',
    metadata: metadata(model, subdomain(model.service.name), selectedLabels(model, 'monitor')),
    spec: {
      // Its own namespace is the one that it looks in by itself.
      namespaceSelector: serviceNamespace === namespace ? undefined : { matchNames: [serviceNamespace] },
      selector: { matchLabels: Object.fromEntries(selector) },
      endpoints: monitor === 'pod' ? undefined : endpoints,
      podMetricsEndpoints: monitor === 'pod' ? endpoints : undefined,
    },
  };
}

function notes(
  model: Model,
  stack: Stack,
  { monitor, portName }: KubernetesStack,
  manifest: SpecManifest,
): readonly string[] {
  const { tokenFile, scheme } = stack.service;
  const hasExemplars = [...model.metrics.values()].some(({ exemplars }) => exemplars);
  return [
    `Scrapes the port \`${portName}\` of the ${monitor === 'pod' ? 'pods' : 'Services'} that have the labels of spec.selector.`,
    ...(tokenFile === undefined
      ? []
      : [
          'The token comes from a Secret in the same namespace.',
          secretCommand(scrapeSecret(model), keysIn(manifest, scrapeSecret(model))),
        ]),
    ...(scheme === 'https' && !stack.access.tls
      ? [
          'The certificate of the page has to be one that Prometheus trusts, for the address of the pod; or else patch tlsConfig in.',
        ]
      : []),
    ...(hasExemplars
      ? ['For exemplars, the Prometheus resource needs enableFeatures: [exemplar-storage].']
      : []),
  ];
}

function file(model: Model, stack: Stack, kubernetes: KubernetesStack): OutputFile {
  const manifest = serviceMonitor(model, stack, kubernetes);
  return manifestFile('monitors/service.yaml', manifest, notes(model, stack, kubernetes, manifest));
}

/** How the Prometheus Operator finds what is scraped. */
export const kubernetesMonitors = defineEmitter({
  id: 'kubernetes-monitors',
  title: 'Monitors for Kubernetes',
  files(model) {
    const { stack } = model;
    return stack?.kubernetes === undefined ? [] : [file(model, stack, stack.kubernetes)];
  },
});
