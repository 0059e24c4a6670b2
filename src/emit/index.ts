import type { Model } from '../model/model.js';
import { agentsGuideFile } from './agents-guide/emitter.js';
import { alertmanagerFile } from './alertmanager/emitter.js';
import { deploymentGuide } from './deployment-guide/emitter.js';
import type { Emitter, OutputFile } from './emitter.js';
import { grafanaDashboards } from './grafana/emitter.js';
import { grafanaAlerts } from './grafana-provisioning/alert-rules.js';
import { grafanaProvisioning } from './grafana-provisioning/emitter.js';
import { kubernetesBase, manifestEmitters } from './kubernetes/base.js';
import { telemetryReference } from './markdown/emitter.js';
import { runbooks } from './markdown/runbooks.js';
import { mimirRules } from './mimir/emitter.js';
import { prometheusRules } from './prometheus/emitter.js';
import { prometheusTests } from './prometheus/tests.js';
import { stackFiles } from './stack/emitter.js';
import { typescriptHelpers } from './typescript/emitter.js';

/** Every output that obs-gen has, in the order in which it is planned. */
export const emitters: readonly Emitter[] = [
  typescriptHelpers,
  prometheusRules,
  prometheusTests,
  alertmanagerFile,
  grafanaDashboards,
  grafanaProvisioning,
  grafanaAlerts,
  ...manifestEmitters,
  kubernetesBase,
  mimirRules,
  telemetryReference,
  runbooks,
  agentsGuideFile,
  stackFiles,
  deploymentGuide,
];

/**
 * The files of all emitters, sorted by path.
 * @param outputs ids of the emitters that are asked; all of them where it is left out
 */
export function emit(model: Model, outputs?: readonly string[]): readonly OutputFile[] {
  const asked = outputs === undefined ? emitters : emitters.filter(({ id }) => outputs.includes(id));
  const files = asked.flatMap((emitter) => emitter.files(model));
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
