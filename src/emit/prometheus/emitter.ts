import type { Model } from '../../model/model.js';
import type { RuleGroup } from '../../promql/rule.js';
import { sloGroups } from '../../slo/groups.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { alertGroups } from './alerts.js';
import { ruleFile } from './rule-file.js';

function fileOf(path: string, groups: readonly RuleGroup[]): readonly OutputFile[] {
  return groups.length === 0 ? [] : [{ path, content: ruleFile(groups) }];
}

/** Prometheus rules: one file for the objectives, one for the alerts. */
export const prometheusRules = defineEmitter({
  id: 'prometheus-rules',
  title: 'Prometheus rules',
  files(model: Model) {
    const stem = `prometheus/rules/${model.service.name}`;
    return [
      ...fileOf(`${stem}-slos.yaml`, sloGroups(model)),
      ...fileOf(`${stem}-alerts.yaml`, alertGroups(model)),
    ];
  },
});
