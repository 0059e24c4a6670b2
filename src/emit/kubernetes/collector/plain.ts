import { createHash } from 'node:crypto';
import { printYaml } from '../../../encode/yaml.js';
import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { collectorPorts } from '../../../stack/ports.js';
import { metadata, type Manifest, type SpecManifest } from '../manifest.js';
import {
  containerSecurity,
  environment,
  gracePeriod,
  image,
  metricsPorts,
  podSecurity,
  portNames,
  receiverPorts,
  resources,
  spread,
  volumesOf,
} from './pod.js';
import { accountName } from './account.js';
import { workloadLabels } from './labels.js';
import { podLabels, type Workload } from './workloads.js';

const configFolder = '/etc/otelcol';
const configFile = 'collector.yaml';

interface ConfigMap extends Manifest {
  readonly data: Readonly<Record<string, string>>;
}

export function configMap(model: Model, workload: Workload): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(model, workload.name, workloadLabels(workload)),
    data: { [configFile]: printYaml(workload.config) },
  };
}

function probe(periodSeconds: number, failureThreshold: number): object {
  return {
    httpGet: { path: '/', port: portNames.health },
    periodSeconds,
    timeoutSeconds: 5,
    failureThreshold,
  };
}

function container(model: Model, stack: Stack, workload: Workload): object {
  const ports = [
    ...receiverPorts(workload),
    ...metricsPorts(workload),
    { name: portNames.health, port: collectorPorts.health },
  ];
  return {
    name: 'collector',
    image,
    args: [`--config=${configFolder}/${configFile}`],
    ...environment(model, stack, workload),
    ports: ports.map(({ name, port }) => ({ name, containerPort: port })),
    startupProbe: probe(2, 30),
    livenessProbe: probe(15, 4),
    readinessProbe: probe(5, 3),
    resources: resources(stack),
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'config', mountPath: configFolder, readOnly: true },
      ...volumesOf(model, stack, workload).volumeMounts,
    ],
  };
}

function template(model: Model, stack: Stack, workload: Workload): object {
  const { name, role } = workload;
  const text = configMap(model, workload).data[configFile] ?? '';
  return {
    metadata: {
      labels: workloadLabels(workload),
      // A ConfigMap that changes restarts nothing by itself.
      annotations: { 'checksum/config': createHash('sha256').update(text).digest('hex') },
    },
    spec: {
      serviceAccountName: accountName(workload),
      automountServiceAccountToken: role === 'balancer',
      terminationGracePeriodSeconds: gracePeriod,
      securityContext: podSecurity(workload),
      topologySpreadConstraints: role === 'logs' ? undefined : spread(workload),
      // The logs of every node are read, whatever else its taints keep away.
      tolerations: role === 'logs' ? [{ operator: 'Exists' }] : undefined,
      containers: [container(model, stack, workload)],
      volumes: [{ name: 'config', configMap: { name } }, ...volumesOf(model, stack, workload).volumes],
    },
  };
}

/** A Deployment, or a DaemonSet for the logs of the nodes. */
export function controller(model: Model, stack: Stack, workload: Workload): SpecManifest {
  const isLogs = workload.role === 'logs';
  return {
    apiVersion: 'apps/v1',
    kind: isLogs ? 'DaemonSet' : 'Deployment',
    metadata: metadata(model, workload.name, workloadLabels(workload)),
    spec: {
      ...(isLogs
        ? { updateStrategy: { type: 'RollingUpdate' } }
        : {
            replicas: workload.replicas,
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          }),
      selector: { matchLabels: podLabels(workload) },
      template: template(model, stack, workload),
    },
  };
}

/**
 * Where OTLP is sent to. In front of a second layer stands none that deals by itself: the first layer asks for the pods and chooses.
 * @param isHeadless whether the name stands for each of the pods
 */
export function service(model: Model, workload: Workload, isHeadless: boolean): SpecManifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(model, workload.name, workloadLabels(workload)),
    spec: {
      clusterIP: isHeadless ? 'None' : undefined,
      selector: podLabels(workload),
      ports: receiverPorts(workload).map((port) => ({ ...port, targetPort: port.name })),
    },
  };
}

/** A node that is emptied takes one of the pods at a time. */
export function disruptionBudget(model: Model, workload: Workload): SpecManifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(model, workload.name, workloadLabels(workload)),
    spec: { maxUnavailable: 1, selector: { matchLabels: podLabels(workload) } },
  };
}
