import type { Model } from '../../model/model.js';
import type { KubernetesStack, Stack } from '../../model/stack.js';
import { apiPorts } from '../../stack/ports.js';
import type { OutputFile } from '../emitter.js';
import { metricsPorts, receiverPorts } from './collector/pod.js';
import { entryOf, podLabels, workloadsOf, type Workload } from './collector/workloads.js';
import { gpuName } from './gpu-exporter.js';
import { commonLabels, manifestFile, metadata, type SpecManifest } from './manifest.js';
import { subdomain } from './names.js';

/** Pods that may ask. */
type Peer = Readonly<Record<string, object>>;

/** A Prometheus of the Operator, in whichever namespace. */
const prometheus: Peer = {
  namespaceSelector: {},
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
};

function pods(labels: Readonly<Record<string, string>>): object {
  return { matchLabels: labels };
}

/** The pods of the service: those that its monitor finds, in its own namespace. */
function servicePods({ namespace, serviceNamespace, selector }: KubernetesStack): Peer {
  const podSelector = pods(Object.fromEntries(selector));
  if (serviceNamespace === undefined || serviceNamespace === namespace) return { podSelector };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': serviceNamespace } },
    podSelector,
  };
}

const tcp = (port: number): object => ({ protocol: 'TCP', port });

function policy(
  model: Model,
  name: string,
  podSelector: object,
  ingress: readonly object[],
  namespace?: string,
): SpecManifest {
  const head = metadata(model, name, commonLabels(model, 'access'));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: namespace === undefined ? head : { ...head, namespace },
    spec: { podSelector, policyTypes: ['Ingress'], ingress },
  };
}

/** Who may send to a Collector: services to the first layer, the first layer to the second. */
function senders(
  workload: Workload,
  workloads: readonly Workload[],
  kubernetes: KubernetesStack,
): readonly Peer[] {
  if (workload === entryOf(workloads)) return [servicePods(kubernetes)];
  const balancers = workloads.filter(({ role }) => role === 'balancer');
  return balancers.map((balancer) => ({ podSelector: pods(podLabels(balancer)) }));
}

function collectorPolicy(
  model: Model,
  workload: Workload,
  workloads: readonly Workload[],
  kubernetes: KubernetesStack,
): SpecManifest {
  const otlp = receiverPorts(workload).map(({ port }) => tcp(port));
  const pages = metricsPorts(workload).map(({ port }) => tcp(port));
  return policy(model, workload.name, pods(podLabels(workload)), [
    ...(otlp.length === 0 ? [] : [{ from: senders(workload, workloads, kubernetes), ports: otlp }]),
    { from: [prometheus], ports: pages },
  ]);
}

/** Every other port of the service, of which the spec knows nothing, as ranges around the one of the metrics page. */
function otherPorts(page: number): readonly object[] {
  const range = (protocol: string, first: number, last: number): readonly object[] =>
    first > last ? [] : [{ protocol, port: first, endPort: last }];
  return [...range('TCP', 1, page - 1), ...range('TCP', page + 1, 65_535), ...range('UDP', 1, 65_535)];
}

const guessed = 'The labels are those of stack.kubernetes.selector: they have to be on the pods, too.';

function servicePolicies(model: Model, stack: Stack, kubernetes: KubernetesStack): readonly OutputFile[] {
  const { selector, serviceNamespace, monitor } = kubernetes;
  const { port } = stack.service;
  const chosen = pods(Object.fromEntries(selector));
  const notes = monitor === 'service' ? [guessed] : [];
  const page = policy(
    model,
    subdomain(model.service.name, 'metrics'),
    chosen,
    [{ from: [prometheus], ports: [tcp(port)] }],
    serviceNamespace,
  );
  const rest = policy(
    model,
    subdomain(model.service.name, 'other-ports'),
    chosen,
    [{ ports: otherPorts(port) }],
    serviceNamespace,
  );
  return [
    manifestFile('access/metrics-page.yaml', page, ['Prometheus alone may read the metrics page.', ...notes]),
    manifestFile('access/other-ports.yaml', rest, [
      'Leaves the other ports of the service open, which the policy of its metrics page would shut. Where policies of your own say who may',
      'reach them, leave this one out: it would let everybody in.',
      ...notes,
    ]),
  ];
}

/** Who may talk to the Collectors, the GPU exporter and the metrics page. What they may talk to themselves is left to the cluster. */
export function networkPolicyFiles(model: Model, stack: Stack): readonly OutputFile[] {
  const { kubernetes } = stack;
  if (kubernetes === undefined) return [];
  const workloads = workloadsOf(model, stack, kubernetes);
  const gpu = policy(model, gpuName(model), pods({ 'app.kubernetes.io/name': gpuName(model) }), [
    { from: [prometheus], ports: [tcp(apiPorts.gpu)] },
  ]);
  return [
    ...workloads.map((workload) =>
      manifestFile(
        `access/${workload.role}-ingress.yaml`,
        collectorPolicy(model, workload, workloads, kubernetes),
      ),
    ),
    ...(stack.gpuExporter ? [manifestFile('access/gpu-ingress.yaml', gpu)] : []),
    ...servicePolicies(model, stack, kubernetes),
  ];
}
