import type { Model } from '../../model/model.js';
import { defineEmitter } from '../emitter.js';
import { ruleGroupFiles } from './files.js';
import { ruleFile } from './rule-file.js';

/** Prometheus rules: a file for each objective, one for the quantiles that are only shown, one for the alerts. */
export const prometheusRules = defineEmitter({
  id: 'prometheus-rules',
  title: 'Prometheus rules',
  files: (model: Model) =>
    ruleGroupFiles(model).map(({ path, groups }) => ({ path, content: ruleFile(groups) })),
});
