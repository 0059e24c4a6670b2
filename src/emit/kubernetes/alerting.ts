import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { alertmanagerConfigs } from './alertmanager-config.js';
import { alertNamespace } from './alert-namespace.js';
import { manifestFile } from './manifest.js';
import { alertmanagerSecret } from './names.js';
import { keysIn, secretCommand } from './secret-keys.js';

/** What an AlertmanagerConfig cannot say, and has to be said to the Alertmanager that reads it. */
function strategy(model: Model): string {
  const namespace = alertNamespace(model);
  return namespace === undefined
    ? `The Operator lets it see those alerts alone that carry its own namespace. The spec names none, so that the rules cannot carry it: set
alertmanagerConfigMatcherStrategy: { type: None } in the Alertmanager resource, or stack.kubernetes.namespace in the spec.`
    : `The Operator lets it see those alerts alone that carry namespace=${namespace}: the rules of kubernetes/rules do.`;
}

function secretNote(model: Model, manifest: object): readonly string[] {
  const name = alertmanagerSecret(model);
  const keys = keysIn(manifest, name);
  if (keys.length === 0) return [];
  return [
    'Make the Secret first, in the same namespace: without it the Operator leaves the whole resource out, and nobody is told.',
    secretCommand(name, keys),
  ];
}

function files(model: Model, stack: Stack): readonly OutputFile[] {
  return alertmanagerConfigs(model, stack).map(({ stem, manifest }) =>
    manifestFile(`alertmanager/${stem}.yaml`, manifest, [
      'For an Alertmanager whose alertmanagerConfigSelector takes these labels. v1alpha1 is the version that every Operator has.',
      strategy(model),
      ...secretNote(model, manifest),
    ]),
  );
}

/** Who is told of which alert, for the Alertmanager of the Prometheus Operator. */
export const kubernetesAlerting = defineEmitter({
  id: 'kubernetes-alerting',
  title: 'Alerting for Kubernetes',
  files(model) {
    const { stack } = model;
    return stack?.kubernetes === undefined ? [] : files(model, stack);
  },
});
