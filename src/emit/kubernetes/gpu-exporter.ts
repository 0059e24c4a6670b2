import type { Model } from '../../model/model.js';
import type { KubernetesStack } from '../../model/stack.js';
import { defineEmitter } from '../emitter.js';
import { partJob } from '../stack/scrape.js';
import { gpuDaemonSet, gpuNotes } from './gpu.js';
import { manifestFile, metadata, selectedLabels, type SpecManifest } from './manifest.js';
import { replaced } from './monitors.js';
import { dnsLabel } from './names.js';

/** The name of the DaemonSet, and of its pods' label: never the service's, whose monitor would find them. */
export function gpuName({ service }: Model): string {
  return dnsLabel(service.name, 'gpu');
}

function daemonSet(model: Model, { namespace }: KubernetesStack): SpecManifest {
  const selector = { 'app.kubernetes.io/name': gpuName(model) };
  const labels = {
    ...selector,
    'app.kubernetes.io/component': 'gpu',
    'app.kubernetes.io/managed-by': 'obs-gen',
  };
  return gpuDaemonSet({ name: gpuName(model), namespace, labels, selector });
}

/** Its metrics are those of the spec, which the rules ask for with the labels of the service. */
function monitor(model: Model): SpecManifest {
  const labels = new Map([['job', partJob(model, 'gpu')], ...model.service.selector]);
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(model, gpuName(model), selectedLabels(model, 'monitor')),
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': gpuName(model) } },
      podMetricsEndpoints: [
        {
          port: 'metrics',
          interval: model.target.prometheus.scrapeInterval.text,
          relabelings: [...labels].map(([label, value]) => replaced(label, value)),
        },
      ],
    },
  };
}

/** `obs-gen gpu` on the nodes with GPUs, where services do not collect from theirs themselves. */
export const kubernetesGpu = defineEmitter({
  id: 'kubernetes-gpu',
  title: 'GPU exporter for Kubernetes',
  files(model) {
    const { stack } = model;
    if (stack?.kubernetes === undefined || !stack.gpuExporter) return [];
    return [
      manifestFile('gpu/daemonset.yaml', daemonSet(model, stack.kubernetes), gpuNotes),
      manifestFile('gpu/monitor.yaml', monitor(model)),
    ];
  },
});
