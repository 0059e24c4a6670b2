import type { Model } from '../../../model/model.js';
import type { KubernetesStack, Stack } from '../../../model/stack.js';
import { partJob } from '../../stack/scrape.js';
import { metadata, selectedLabels, type SpecManifest } from '../manifest.js';
import { replaced, scrapeTls } from '../monitors.js';
import { metricsPorts, portNames, type Port } from './pod.js';
import { podLabels, type Workload } from './workloads.js';

/** What the page of a workload is called in Prometheus, as in the stack for one machine. */
function jobOf(model: Model, { role, name }: Workload, port: Port): string {
  if (role === 'logs') return name;
  return partJob(model, port.name === portNames.spanMetrics ? 'spanMetrics' : role);
}

/** The Operator names the ports of its pods itself. */
function portOf({ name, port }: Port, { collector }: KubernetesStack): object {
  return collector === 'operator' ? { portNumber: port } : { port: name };
}

/** How Prometheus finds what a Collector tells of itself, and of the spans that it has counted. */
export function podMonitor(
  model: Model,
  stack: Stack,
  kubernetes: KubernetesStack,
  workload: Workload,
): SpecManifest {
  const interval = model.target.prometheus.scrapeInterval.text;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(model, workload.name, selectedLabels(model, 'monitor')),
    spec: {
      selector: { matchLabels: podLabels(workload) },
      podMetricsEndpoints: metricsPorts(workload).map((port) => {
        const isTls = stack.access.tls && port.name === portNames.spanMetrics;
        return {
          ...portOf(port, kubernetes),
          scheme: isTls ? 'https' : undefined,
          tlsConfig: isTls ? scrapeTls(model, 'collector') : undefined,
          interval,
          relabelings: [replaced('job', jobOf(model, workload, port))],
        };
      }),
    },
  };
}
