import { podLabels, type Workload } from './workloads.js';

const components = { collector: 'collector', balancer: 'balancer', logs: 'log-agent' } as const;

/**
 * Labels of a Collector's objects and pods. Their name is the workload's and never the service's, whose monitor would otherwise find the
 * Collector and scrape it as the service.
 */
export function workloadLabels(workload: Workload): Readonly<Record<string, string>> {
  return {
    ...podLabels(workload),
    'app.kubernetes.io/component': components[workload.role],
    'app.kubernetes.io/managed-by': 'obs-gen',
  };
}
