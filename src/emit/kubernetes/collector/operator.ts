import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { metadata, type SpecManifest } from '../manifest.js';
import { accountName } from './account.js';
import { workloadLabels } from './labels.js';
import {
  containerSecurity,
  environment,
  gracePeriod,
  image,
  podSecurity,
  resources,
  spread,
  volumesOf,
} from './pod.js';
import type { Workload } from './workloads.js';

/**
 * The workload for the OpenTelemetry Operator, which makes the pods, their Service and their budget, and knows their ports and probes
 * from the configuration. https://github.com/open-telemetry/opentelemetry-operator
 */
export function openTelemetryCollector(model: Model, stack: Stack, workload: Workload): SpecManifest {
  const isLogs = workload.role === 'logs';
  return {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: metadata(model, workload.resource, workloadLabels(workload)),
    spec: {
      mode: isLogs ? 'daemonset' : 'deployment',
      replicas: isLogs ? undefined : workload.replicas,
      image,
      serviceAccount: accountName(workload),
      // Who may talk to it is said by policies of our own, which know the service.
      networkPolicy: { enabled: false },
      podDisruptionBudget: isLogs ? undefined : { maxUnavailable: 1 },
      terminationGracePeriodSeconds: gracePeriod,
      podSecurityContext: podSecurity(workload),
      securityContext: containerSecurity,
      resources: resources(stack),
      topologySpreadConstraints: isLogs ? undefined : spread(workload),
      tolerations: isLogs ? [{ operator: 'Exists' }] : undefined,
      ...environment(model, stack, workload),
      ...volumesOf(model, stack, workload),
      config: workload.config,
    },
  };
}
