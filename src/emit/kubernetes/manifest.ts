import { printYaml } from '../../encode/yaml.js';
import type { Model } from '../../model/model.js';
import type { OutputFile } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { labelValue } from './names.js';

/** An object of Kubernetes, as far as all of them are alike. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

export interface Metadata {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** An object with a `spec`, which is most of them. */
export interface SpecManifest extends Manifest {
  readonly spec: object;
}

/** The folder of all manifests below the output directory. */
export const manifestFolder = 'kubernetes';

/** Labels by which people find what belongs to a service. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function commonLabels({ service }: Model, component: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': labelValue(service.name),
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'obs-gen',
  };
}

/** Labels of what the Prometheus Operator reads: what it selects by stands last, so that the spec has the last word. */
export function selectedLabels(model: Model, component: string): Readonly<Record<string, string>> {
  const selector = model.stack?.kubernetes?.prometheusSelector ?? new Map<string, string>();
  return { ...commonLabels(model, component), ...Object.fromEntries(selector) };
}

/** The head of an object in the namespace of the manifests. */
export function metadata(model: Model, name: string, labels: Readonly<Record<string, string>>): Metadata {
  return { name, namespace: model.stack?.kubernetes?.namespace, labels };
}

/**
 * One object as a file.
 * @param path below the folder of the manifests
 * @param notes lines of the comment above it
 */
export function manifestFile(path: string, manifest: object, notes: readonly string[] = []): OutputFile {
  return {
    path: `${manifestFolder}/${path}`,
    content: printYaml(manifest, [generatedHeader, ...notes].join('\n')),
  };
}
