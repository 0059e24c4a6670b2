import type { Model } from '../../../model/model.js';
import { metadata, type Manifest } from '../manifest.js';
import { workloadLabels } from './labels.js';
import type { Workload } from './workloads.js';

/** The account that the pods of a workload run as. */
export function accountName({ name }: Workload): string {
  return name;
}

interface ServiceAccount extends Manifest {
  readonly automountServiceAccountToken: boolean;
}

/** A balancer asks the API server for the Collectors behind it; nobody else has anything to ask it, nor a token to do so. */
export function serviceAccount(model: Model, workload: Workload): ServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(model, accountName(workload), workloadLabels(workload)),
    automountServiceAccountToken: workload.role === 'balancer',
  };
}

const rbac = 'rbac.authorization.k8s.io';

interface Role extends Manifest {
  readonly rules: readonly object[];
}

interface RoleBinding extends Manifest {
  readonly roleRef: object;
  readonly subjects: readonly object[];
}

/** What a balancer may read: which pods stand behind a Service of its own namespace. */
export function role(model: Model, workload: Workload): Role {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    metadata: metadata(model, workload.name, workloadLabels(workload)),
    rules: [
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    ],
  };
}

/** An account is named with its namespace; where the spec has none, kustomize puts its own in the place of `default`. */
export function roleBinding(model: Model, workload: Workload): RoleBinding {
  const namespace = model.stack?.kubernetes?.namespace ?? 'default';
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: metadata(model, workload.name, workloadLabels(workload)),
    roleRef: { apiGroup: rbac, kind: 'Role', name: workload.name },
    subjects: [{ kind: 'ServiceAccount', name: accountName(workload), namespace }],
  };
}
