import { images } from '../../stack/images.js';
import { apiPorts } from '../../stack/ports.js';
import type { SpecManifest } from './manifest.js';

/** Whose image the DaemonSet runs, and how it is found among others. */
export interface GpuDaemonSet {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that its pods are told apart by. */
  readonly selector: Readonly<Record<string, string>>;
  /** Annotations of its pods. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** What the reader of the manifest has to know, as lines of a comment. */
export const gpuNotes: readonly string[] = [
  'obs-gen gpu on every node with GPUs of NVIDIA. Set the image to the one that the Dockerfile of `obs-gen gpu --write-recipes` makes.',
  'It asks for no GPU, so that all are left to those who compute; NVIDIA_VISIBLE_DEVICES=all shows it those of the node. A service that',
  'collects for itself needs none of this: it keeps to the GPUs of its own pod.',
  "The nodeSelector is GPU feature discovery's label; clusters without it mark their nodes in their own way.",
  "runtimeClassName brings nvidia-smi into the container; leave it out where NVIDIA's runtime is the node's default.",
  'The probes ask whether the exporter itself works: a driver that hangs is not mended by a restart, and is seen in the metrics.',
];

const probe = (periodSeconds: number): object => ({
  httpGet: { path: '/healthz', port: 'metrics' },
  periodSeconds,
  timeoutSeconds: 5,
});

function exporter(): object {
  const { repository, tag } = images.gpu;
  return {
    name: 'exporter',
    image: `${repository}:${tag}`,
    env: [
      { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
      { name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'utility' },
    ],
    ports: [{ name: 'metrics', containerPort: apiPorts.gpu }],
    livenessProbe: probe(30),
    readinessProbe: probe(10),
    resources: { requests: { cpu: '10m', memory: '96Mi' }, limits: { memory: '192Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

/** The exporter of GPUs on the nodes of Kubernetes: the one of a spec, and the one that `obs-gen gpu --write-recipes` writes. */
export function gpuDaemonSet(daemonSet: GpuDaemonSet): SpecManifest {
  const { name, namespace, labels, selector, annotations } = daemonSet;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: selector },
      updateStrategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels, annotations },
        spec: {
          nodeSelector: { 'nvidia.com/gpu.present': 'true' },
          tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
          runtimeClassName: 'nvidia',
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 5,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [exporter()],
        },
      },
    },
  };
}

/** The manifest that stands beside the Dockerfile and the systemd unit, for a Prometheus that finds pods by their annotations. */
export function gpuRecipe(): SpecManifest {
  const labels = { 'app.kubernetes.io/name': 'obs-gen-gpu' };
  const annotations = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(apiPorts.gpu) };
  return gpuDaemonSet({ name: 'obs-gen-gpu', namespace: undefined, labels, selector: labels, annotations });
}
