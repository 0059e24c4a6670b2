import type { Model } from '../../model/model.js';
import { defineEmitter, type Emitter, type OutputFile } from '../emitter.js';
import { kubernetesAccess } from './access.js';
import { kubernetesAlerting } from './alerting.js';
import { kubernetesCollector } from './collector/emitter.js';
import { kubernetesDashboards } from './emitter.js';
import { kubernetesGpu } from './gpu-exporter.js';
import { manifestFile, manifestFolder } from './manifest.js';
import { kubernetesMonitors } from './monitors.js';
import { kubernetesRules } from './rules.js';

/** The same emitter, which is asked of a model once: what lists the manifests has to know all of them. */
function once(emitter: Emitter): Emitter {
  const known = new WeakMap<Model, readonly OutputFile[]>();
  return defineEmitter({
    ...emitter,
    files(model) {
      const files = known.get(model) ?? emitter.files(model);
      known.set(model, files);
      return files;
    },
  });
}

/** Every emitter of manifests, in the order in which they are planned. */
export const manifestEmitters: readonly Emitter[] = [
  kubernetesRules,
  kubernetesMonitors,
  kubernetesAlerting,
  kubernetesDashboards,
  kubernetesCollector,
  kubernetesGpu,
  kubernetesAccess,
].map(once);

const usage = `A base: kubectl apply --server-side -k kubernetes, or a kustomization.yaml of your own with it among its resources.`;

/** All manifests as a base of kustomize; the fields are those that every version since 2.0 knows. */
export const kubernetesBase = defineEmitter({
  id: 'kubernetes-base',
  title: 'Kustomize base',
  files(model) {
    const prefix = `${manifestFolder}/`;
    const resources = manifestEmitters
      .flatMap((emitter) => emitter.files(model))
      .map(({ path }) => path.slice(prefix.length))
      .sort();
    if (resources.length === 0) return [];
    const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
    return [manifestFile('kustomization.yaml', kustomization, [usage])];
  },
});
