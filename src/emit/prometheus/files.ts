import { dcgmGroups } from '../../gpu/dcgm/groups.js';
import type { Model } from '../../model/model.js';
import type { RuleGroup } from '../../promql/rule.js';
import { groupsOfSlo, quantileGroups } from '../../slo/groups.js';
import { alertGroups } from '../../alerts/groups.js';
import { heartbeatGroups } from '../../alerts/heartbeat.js';
import { renameGroups, renameRuleFile, withBothNames } from '../../renames/groups.js';

/** Rule groups and the file below the output directory that they are written to. */
export interface RuleGroupFile {
  readonly path: string;
  readonly groups: readonly RuleGroup[];
}

/** The rule file of one objective. */
export function sloRuleFile(model: Model, slo: string): string {
  return `prometheus/rules/${model.service.name}-slo-${slo}.yaml`;
}

/** The rule file of the alerts of a spec. */
export function alertRuleFile(model: Model): string {
  return `prometheus/rules/${model.service.name}-alerts.yaml`;
}

/**
 * The rule file of the records that give dcgm-exporter's series our names. Those of services whose series no label tells apart are the same
 * series: they are one file, which stands once where the rules of several services are put together.
 */
export function dcgmRuleFile({ service }: Model): string {
  return `prometheus/rules/${service.selector.size === 0 ? 'dcgm-exporter' : `${service.name}-dcgm`}.yaml`;
}

/**
 * Every rule of a model, by file. An objective has a file of its own, so that its test loads and evaluates nothing else. Files without
 * rules are left out.
 */
export function ruleGroupFiles(model: Model): readonly RuleGroupFile[] {
  const files: readonly RuleGroupFile[] = [
    { path: `prometheus/rules/${model.service.name}-slis.yaml`, groups: quantileGroups(model) },
    ...[...model.slos.values()].map((slo) => ({
      path: sloRuleFile(model, slo.name),
      groups: groupsOfSlo(model, slo),
    })),
    { path: dcgmRuleFile(model), groups: dcgmGroups(model) },
    { path: alertRuleFile(model), groups: [...alertGroups(model), ...heartbeatGroups(model)] },
  ];
  const both = files.map(({ path, groups }) => ({ path, groups: withBothNames(model, groups) }));
  const all = [...both, { path: renameRuleFile(model), groups: renameGroups(model) }];
  return all.filter(({ groups }) => groups.length > 0);
}
