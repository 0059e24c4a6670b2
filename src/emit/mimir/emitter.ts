import { printYaml } from '../../encode/yaml.js';
import type { Model } from '../../model/model.js';
import type { RuleGroup } from '../../promql/rule.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { ruleGroupFiles } from '../prometheus/files.js';
import { groupObject } from '../prometheus/rule-file.js';

/**
 * What Mimir takes of a tenant before an operator allows more: rules in a group, and groups.
 * https://grafana.com/docs/mimir/latest/configure/configuration-parameters/#limits
 */
const usualLimits = { rules: 20, groups: 70 } as const;

const upload = (path: string): string =>
  `Upload with: mimirtool rules sync --rule-files=${path} --namespaces=NAMESPACE --address=URL --id=TENANT`;

function limitNotes(groups: readonly RuleGroup[]): readonly string[] {
  const longest = Math.max(...groups.map(({ rules }) => rules.length));
  return [
    ...(longest > usualLimits.rules
      ? [`Needs -ruler.max-rules-per-rule-group=${longest} at least: ${usualLimits.rules} by itself.`]
      : []),
    ...(groups.length > usualLimits.groups
      ? [
          `Needs -ruler.max-rule-groups-per-tenant=${groups.length} at least: ${usualLimits.groups} by itself.`,
        ]
      : []),
  ];
}

function rules(model: Model): readonly OutputFile[] {
  const groups = ruleGroupFiles(model).flatMap((file) => file.groups);
  if (groups.length === 0) return [];
  const namespace = model.service.name;
  const path = `mimir/rules/${namespace}.yaml`;
  const header = [
    generatedHeader,
    'The rules of prometheus/rules as mimirtool reads them, in one namespace of the ruler.',
    upload(path).replace('NAMESPACE', namespace),
    ...limitNotes(groups),
  ];
  return [{ path, content: printYaml({ namespace, groups: groups.map(groupObject) }, header.join('\n')) }];
}

/** The rules of a service whose metrics are in Mimir. Loki's ruler is given none: no alert of a spec is about log lines. */
export const mimirRules = defineEmitter({
  id: 'mimir-rules',
  title: 'Rules for Mimir',
  files(model) {
    const isMimir = model.stack !== undefined && model.target.prometheus.dialect === 'mimir';
    return isMimir ? rules(model) : [];
  },
});
