import type { Model } from '../../../model/model.js';
import type { KubernetesStack, Stack } from '../../../model/stack.js';
import { defineEmitter, type OutputFile } from '../../emitter.js';
import { otlpPorts } from '../../../stack/ports.js';
import { manifestFile } from '../manifest.js';
import { certificateSecret } from '../names.js';
import { role, roleBinding, serviceAccount } from './account.js';
import { podMonitor } from './monitor.js';
import { openTelemetryCollector } from './operator.js';
import { configMap, controller, disruptionBudget, service } from './plain.js';
import { environmentSecret, openVariables } from './pod.js';
import { entryOf, workloadsOf, type Workload } from './workloads.js';

/** Where services send to. */
function addressNote(entry: Workload, { namespace }: KubernetesStack, { access }: Stack): string {
  const host = namespace === undefined ? entry.name : `${entry.name}.${namespace}`;
  return `Services send OTLP to ${access.tls ? 'https' : 'http'}://${host}:${otlpPorts.http} (${otlpPorts.grpc} for gRPC).`;
}

/** What a Collector has to find in its namespace, because the spec says of no other place. */
function storesNote({ role: what }: Workload, { traces, logs }: Stack): readonly string[] {
  const stores = [
    ...(what === 'collector' && traces.endpoint === undefined ? [['traces', traces.store] as const] : []),
    ...(what !== 'balancer' && logs.endpoint === undefined ? [['logs', logs.store] as const] : []),
  ];
  return stores.map(
    ([signal, store]) =>
      `Sends ${signal} to the Service ${store} of its namespace; to another place with stack.${signal}.endpoint.`,
  );
}

function environmentNote(model: Model, workload: Workload): readonly string[] {
  const open = openVariables(workload);
  if (open.length === 0) return [];
  const name = environmentSecret(model);
  const literals = open.map((variable) => `--from-literal=${variable}=…`).join(' ');
  return [`Its environment comes from the Secret ${name}: kubectl create secret generic ${name} ${literals}`];
}

const roleNotes: Readonly<Record<Workload['role'], readonly string[]>> = {
  collector: [],
  balancer: ['The first layer of Collectors: it spreads traces by their id over those of the second.'],
  logs: [
    'Reads the log files of the nodes, which belong to root: its namespace must not enforce the baseline or restricted profile of pods.',
  ],
};

function notes(model: Model, stack: Stack, workload: Workload): readonly string[] {
  const { role: what, certificate } = workload;
  return [
    ...roleNotes[what],
    ...storesNote(workload, stack),
    ...environmentNote(model, workload),
    ...(certificate === undefined
      ? []
      : [
          `Its certificate is in the Secret ${certificateSecret(model, certificate)}, which cert-manager makes.`,
        ]),
  ];
}

function plainFiles(
  model: Model,
  stack: Stack,
  workload: Workload,
  hasLayers: boolean,
  comment: readonly string[],
): readonly OutputFile[] {
  const folder = `collector/${workload.role}`;
  const isLogs = workload.role === 'logs';
  const file = isLogs ? 'daemonset' : 'deployment';
  const isSecondLayer = workload.role === 'collector' && hasLayers;
  return [
    manifestFile(`${folder}/config.yaml`, configMap(model, workload)),
    manifestFile(`${folder}/${file}.yaml`, controller(model, stack, workload), comment),
    ...(isLogs ? [] : [manifestFile(`${folder}/service.yaml`, service(model, workload, isSecondLayer))]),
    ...(workload.replicas === 1
      ? []
      : [manifestFile(`${folder}/disruption-budget.yaml`, disruptionBudget(model, workload))]),
  ];
}

function files(model: Model, stack: Stack, kubernetes: KubernetesStack): readonly OutputFile[] {
  const workloads = workloadsOf(model, stack, kubernetes);
  const entry = entryOf(workloads);
  const hasLayers = entry?.role === 'balancer';
  return workloads.flatMap((workload) => {
    const folder = `collector/${workload.role}`;
    const comment = [
      ...(workload === entry ? [addressNote(entry, kubernetes, stack)] : []),
      ...notes(model, stack, workload),
    ];
    return [
      manifestFile(`${folder}/account.yaml`, serviceAccount(model, workload)),
      ...(workload.role === 'balancer'
        ? [
            manifestFile(`${folder}/role.yaml`, role(model, workload)),
            manifestFile(`${folder}/role-binding.yaml`, roleBinding(model, workload)),
          ]
        : []),
      ...(kubernetes.collector === 'operator'
        ? [manifestFile(`${folder}/collector.yaml`, openTelemetryCollector(model, stack, workload), comment)]
        : plainFiles(model, stack, workload, hasLayers, comment)),
      manifestFile(`${folder}/monitor.yaml`, podMonitor(model, stack, kubernetes, workload)),
    ];
  });
}

/** The Collectors of a cluster: Deployments and a DaemonSet, or resources of the OpenTelemetry Operator. */
export const kubernetesCollector = defineEmitter({
  id: 'kubernetes-collector',
  title: 'Collector for Kubernetes',
  files(model) {
    const { stack } = model;
    return stack?.kubernetes === undefined ? [] : files(model, stack, stack.kubernetes);
  },
});
