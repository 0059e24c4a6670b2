import { createHash } from 'node:crypto';
import type { Model } from '../../../model/model.js';
import type { KubernetesStack, Stack } from '../../../model/stack.js';
import { logAgentConfig, balancerConfig, collectorConfig } from '../../stack/collector/index.js';
import type { CertificateOwner } from '../names.js';
import { dnsLabel } from '../names.js';
import { ofNamespace, podLogs } from './log-namespace.js';

/** Collectors that do the same thing: a Deployment, or a pod on every node. */
export interface Workload {
  readonly role: 'collector' | 'balancer' | 'logs';
  /** The name of the OpenTelemetryCollector resource, which the Operator puts `-collector` after. */
  readonly resource: string;
  /** The name of the Deployment, its Service and its pods' label, whoever makes them. */
  readonly name: string;
  readonly replicas: number;
  readonly config: object;
  /** Whose certificate they show; undefined where they have none. */
  readonly certificate: Extract<CertificateOwner, 'collector' | 'balancer'> | undefined;
}

/** What the Operator puts after the name of a resource; the longest of its Services has the second, too. */
const suffix = '-collector';
const longestSuffix = `${suffix}-headless`;

/** The longest name of a Service. */
const longestName = 63;

/** The name of a resource, short enough for all that is named after it. */
function resourceName(words: readonly string[]): string {
  const name = dnsLabel(...words);
  const room = longestName - longestSuffix.length;
  if (name.length <= room) return name;
  const hash = createHash('sha256').update(words.join('-')).digest('hex').slice(0, 8);
  return `${name.slice(0, room - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

function named(model: Model, role: Workload['role']): Pick<Workload, 'role' | 'resource' | 'name'> {
  const words = role === 'collector' ? [model.service.name] : [model.service.name, role];
  const resource = resourceName(words);
  return { role, resource, name: `${resource}${suffix}` };
}

/** How many Collectors of the second layer one of the first spreads over; two stand there at least, so that one may fall. */
const spread = 4;

/** `service.namespace`, by which the balancer asks the API server for the Collectors behind it. */
function address(name: string, { namespace }: KubernetesStack): string {
  return namespace === undefined ? name : `${name}.${namespace}`;
}

/** Whether lines have to be fetched from the nodes: what the service sends over OTLP would be there twice. */
function readsLogs({ logs }: Model, { collector }: Stack): boolean {
  return collector.logFiles !== undefined || (logs.outputs.stdout && !logs.outputs.otlp);
}

/** Its own lines and those of the other Collectors are passed over: it would write of what it reads, and read of what it writes. */
function logAgent(model: Model, stack: Stack, kubernetes: KubernetesStack): object {
  const roles = ['collector', 'balancer', 'logs'] as const;
  const exceptLogFiles = roles.map((role) => `${podLogs}/*_${named(model, role).name}-*/*/*.log`);
  return ofNamespace(logAgentConfig(model, stack, { exceptLogFiles }), stack, kubernetes);
}

/** The Collectors of a stack in Kubernetes; none where they are not run from here. */
export function workloadsOf(model: Model, stack: Stack, kubernetes: KubernetesStack): readonly Workload[] {
  if (kubernetes.collector === 'none') return [];
  const { instances } = stack.collector;
  const certificate = (owner: 'collector' | 'balancer'): Workload['certificate'] =>
    stack.access.tls ? owner : undefined;
  const second = named(model, 'collector');
  return [
    {
      ...second,
      replicas: instances,
      config: collectorConfig(model, stack, 'kubernetes'),
      certificate: certificate('collector'),
    },
    ...(instances === 1
      ? []
      : [
          {
            ...named(model, 'balancer'),
            replicas: Math.max(2, Math.ceil(instances / spread)),
            config: balancerConfig(model, stack, 'kubernetes', {
              collectors: [address(second.name, kubernetes)],
            }),
            certificate: certificate('balancer'),
          },
        ]),
    ...(readsLogs(model, stack)
      ? [
          {
            ...named(model, 'logs'),
            replicas: 1,
            config: logAgent(model, stack, kubernetes),
            certificate: certificate('collector'),
          },
        ]
      : []),
  ];
}

/** The Collectors that services send to: the first layer where there are two. */
export function entryOf(workloads: readonly Workload[]): Workload | undefined {
  return (
    workloads.find(({ role }) => role === 'balancer') ?? workloads.find(({ role }) => role === 'collector')
  );
}

/** The label by which the pods of a workload are found, whether the Operator made them or not. */
export function podLabels({ name }: Workload): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name };
}
