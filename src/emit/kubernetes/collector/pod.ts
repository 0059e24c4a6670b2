import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { certificateMount } from '../../../stack/certificates.js';
import { images } from '../../../stack/images.js';
import { collectorPorts, otlpPorts } from '../../../stack/ports.js';
import { collectorDirectory } from '../../stack/collector/index.js';
import { certificateSecret, subdomain } from '../names.js';
import { podLogs } from './log-namespace.js';
import { podLabels, type Workload } from './workloads.js';

/** A port of a Collector, as a container has it and as a Service has it. */
export interface Port {
  readonly name: string;
  readonly port: number;
  readonly appProtocol?: string;
}

export const portNames = { own: 'metrics', spanMetrics: 'span-metrics', health: 'health' } as const;

/** Where OTLP is taken; by whoever is no log agent, which listens to nobody. */
export function receiverPorts({ role }: Workload): readonly Port[] {
  return role === 'logs'
    ? []
    : [
        { name: 'otlp-grpc', port: otlpPorts.grpc, appProtocol: 'grpc' },
        { name: 'otlp-http', port: otlpPorts.http, appProtocol: 'http' },
      ];
}

/** Where Prometheus looks. */
export function metricsPorts({ role }: Workload): readonly Port[] {
  return [
    { name: portNames.own, port: collectorPorts.own },
    ...(role === 'collector' ? [{ name: portNames.spanMetrics, port: collectorPorts.spanMetrics }] : []),
  ];
}

/** The user that the image is made for. A log agent reads what belongs to root, and may do nothing else. */
const user = 10_001;

export function podSecurity({ role }: Workload): object {
  const own = role === 'logs' ? { runAsUser: 0 } : { runAsNonRoot: true, runAsUser: user, fsGroup: user };
  return { ...own, seccompProfile: { type: 'RuntimeDefault' } };
}

/** The restricted profile. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const containerSecurity: object = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const mebibyte = 1024 ** 2;

/** Bytes as Kubernetes writes them. */
export function quantity(bytes: number): string {
  return `${Math.round(bytes / mebibyte)}Mi`;
}

/** Memory is what it may use and what is kept free for it: a Collector that is moved for the sake of others loses what waits in it. */
export function resources({ collector }: Stack): object {
  const memory = quantity(collector.memory);
  return { requests: { cpu: '100m', memory }, limits: { memory } };
}

/** The share of its memory that Go's garbage collector leaves alone. https://go.dev/doc/gc-guide#Memory_limit */
const garbageShare = 0.8;

/** The Secret with what the configuration leaves open. */
export function environmentSecret({ service }: Model): string {
  return subdomain(service.name, 'collector-env');
}

/** Names of environment variables that a configuration leaves open, without a default. */
export function openVariables({ config }: Workload): readonly string[] {
  const found = JSON.stringify(config).matchAll(/(?<!\$)\$\{env:([A-Za-z_]\w*)\}/g);
  return [...new Set([...found].map(([, name = '']) => name))];
}

export function environment(model: Model, stack: Stack, workload: Workload): object {
  const isOpen = openVariables(workload).length > 0;
  const limit = Math.floor((stack.collector.memory * garbageShare) / mebibyte);
  return {
    env: [{ name: 'GOMEMLIMIT', value: `${limit}MiB` }],
    envFrom: [{ secretRef: { name: environmentSecret(model), optional: isOpen ? undefined : true } }],
  };
}

interface Volumes {
  readonly volumes: readonly object[];
  readonly volumeMounts: readonly object[];
}

/** Folders of the node whose files a log agent reads. */
function logFolders({ collector }: Stack): readonly string[] {
  const globs = collector.logFiles ?? [`${podLogs}/`];
  const folders = globs.map((glob) => glob.slice(0, glob.search(/[*?[{]|$/)).replace(/\/[^/]*$/, ''));
  const unique = [...new Set(folders)];
  return unique.filter(
    (folder) => !unique.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
}

/** Each of the stores has a queue of twice the memory, which is copied once when it is compacted. */
const memoriesOnDisk = 8;

function storage(stack: Stack, { role, name }: Workload): object {
  return role === 'logs'
    ? { name: 'storage', hostPath: { path: `/var/lib/${name}`, type: 'DirectoryOrCreate' } }
    : { name: 'storage', emptyDir: { sizeLimit: quantity(stack.collector.memory * memoriesOnDisk) } };
}

/** Queues and read positions, logs, certificates; the configuration is mounted by whoever makes the pod. */
export function volumesOf(model: Model, stack: Stack, workload: Workload): Volumes {
  const { role, certificate } = workload;
  const logs = role === 'logs' ? logFolders(stack) : [];
  const name = (index: number): string => (index === 0 ? 'logs' : `logs-${index + 1}`);
  return {
    volumes: [
      storage(stack, workload),
      ...logs.map((path, index) => ({ name: name(index), hostPath: { path, type: 'DirectoryOrCreate' } })),
      ...(certificate === undefined
        ? []
        : [{ name: 'tls', secret: { secretName: certificateSecret(model, certificate) } }]),
    ],
    volumeMounts: [
      { name: 'storage', mountPath: collectorDirectory },
      ...logs.map((mountPath, index) => ({ name: name(index), mountPath, readOnly: true })),
      ...(certificate === undefined ? [] : [{ name: 'tls', mountPath: certificateMount, readOnly: true }]),
    ],
  };
}

export const image = `${images.collector.repository}:${images.collector.tag}`;

/** Seconds for what is in memory to reach a store, once a pod is asked to go. */
export const gracePeriod = 60;

/** Pods of one workload keep apart, where there is a choice. */
export function spread(workload: Workload): readonly object[] {
  return [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: podLabels(workload) },
    },
  ];
}
