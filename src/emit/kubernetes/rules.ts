import type { Model } from '../../model/model.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { ruleGroupFiles, type RuleGroupFile } from '../prometheus/files.js';
import { groupObject } from '../prometheus/rule-file.js';
import { alertNamespace, withAlertNamespace } from './alert-namespace.js';
import { manifestFile, metadata, selectedLabels, type SpecManifest } from './manifest.js';
import { subdomain } from './names.js';
import { annotationsSize, largestAnnotations, largestRules } from './size.js';

/** `prometheus/rules/shop-slo-orders.yaml` has the stem `shop-slo-orders`. */
function stemOf({ path }: RuleGroupFile): string {
  return path.replace(/^.*\/|\.yaml$/g, '');
}

/** @param groups as rule files have them */
function prometheusRule(model: Model, name: string, groups: readonly object[]): SpecManifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadata(model, subdomain(name), selectedLabels(model, 'rules')),
    spec: { groups },
  };
}

/**
 * The groups of one file in as few resources as plain `kubectl apply` can remember. A group is never divided: its rules are evaluated
 * one after the other.
 */
function packed(model: Model, name: string, groups: readonly object[]): readonly object[][] {
  const packs: object[][] = [];
  for (const group of groups) {
    const last = packs.at(-1);
    const isRoom =
      last !== undefined &&
      annotationsSize(prometheusRule(model, name, [...last, group])) <= largestAnnotations;
    if (isRoom) last.push(group);
    else packs.push([group]);
  }
  return packs;
}

function hasAlerts({ groups }: RuleGroupFile): boolean {
  return groups.some(({ rules }) => rules.some(({ kind }) => kind === 'alert'));
}

function alertNotes(model: Model): readonly string[] {
  const namespace = alertNamespace(model);
  return [
    ...(namespace === undefined
      ? []
      : [`Alerts carry namespace=${namespace} besides, by which their AlertmanagerConfig hears of them.`]),
    ...(model.target.grafana.alerts
      ? ['Grafana evaluates the alerts, too: whom both of them tell is told twice.']
      : []),
  ];
}

function notes(model: Model, file: RuleGroupFile, manifest: SpecManifest): readonly string[] {
  const size = annotationsSize(manifest);
  return [
    `The rules of ${file.path}, which its tests prove.`,
    ...(hasAlerts(file) ? alertNotes(model) : []),
    ...(model.target.prometheus.dialect === 'thanos'
      ? ['A ThanosRuler reads it too: set its ruleSelector to the labels below.']
      : []),
    ...(size > largestAnnotations
      ? ['Larger than what plain `kubectl apply` can remember: kubectl apply --server-side']
      : []),
    ...(size > largestRules
      ? [`Larger than the ${largestRules} bytes that the Prometheus Operator takes of one resource.`]
      : []),
  ];
}

function files(model: Model, file: RuleGroupFile): readonly OutputFile[] {
  const stem = stemOf(file);
  const namespace = alertNamespace(model);
  const groups = namespace === undefined ? file.groups : withAlertNamespace(model, namespace, file.groups);
  return packed(model, stem, groups.map(groupObject)).map((pack, index) => {
    const name = index === 0 ? stem : `${stem}-${index + 1}`;
    const manifest = prometheusRule(model, name, pack);
    return manifestFile(`rules/${name}.yaml`, manifest, notes(model, file, manifest));
  });
}

/** A PrometheusRule for each rule file, which the Prometheus Operator and Thanos' ruler read. */
export const kubernetesRules = defineEmitter({
  id: 'kubernetes-rules',
  title: 'Rules for Kubernetes',
  files(model) {
    if (model.stack?.kubernetes === undefined) return [];
    return ruleGroupFiles(model).flatMap((file) => files(model, file));
  },
});
