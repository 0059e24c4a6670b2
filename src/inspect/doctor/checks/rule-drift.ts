import { alertNamespace, withAlertNamespace } from '../../../emit/kubernetes/alert-namespace.js';
import { ruleGroupFiles } from '../../../emit/prometheus/files.js';
import type { Model } from '../../../model/model.js';
import type { RuleGroup } from '../../../promql/rule.js';
import { defineCheck, type Context } from '../check.js';
import { compareRules, type RuleDrift } from '../drift/compare-rules.js';
import { deployedGroups } from '../drift/deployed-rules.js';
import { counted, failed, notThere, ok, type Outcome } from '../verdict.js';

const sizeOf = ({ missing, changed, superfluous }: RuleDrift): number =>
  missing.length + changed.length + superfluous.length;

/** The forms in which the rules of a spec are brought to a Prometheus: the files, and the resources of the Operator. */
function forms(model: Model, groups: readonly RuleGroup[]): readonly (readonly RuleGroup[])[] {
  const namespace = alertNamespace(model);
  return namespace === undefined ? [groups] : [groups, withAlertNamespace(model, namespace, groups)];
}

async function run(context: Context): Promise<Outcome> {
  const { model } = context;
  const expected = ruleGroupFiles(model).flatMap(({ groups }) => groups);
  const deployed = await deployedGroups(context);
  // Nobody says which form was brought: it is the one that is nearer.
  const { missing, changed, superfluous } = forms(model, expected)
    .map((groups) => compareRules(model.service.name, groups, deployed))
    .reduce((nearest, drift) => (sizeOf(drift) < sizeOf(nearest) ? drift : nearest));
  const rules = expected.reduce((sum, group) => sum + group.rules.length, 0);
  if (missing.length + changed.length + superfluous.length === 0)
    return rules === 0
      ? notThere('the spec compiles to no rules, and Prometheus has none of this service')
      : ok(`${counted(rules, 'rule')} in ${counted(expected.length, 'group')}, as the spec compiles to now`);
  return failed(
    `what runs is not what the spec compiles to: ${missing.length} missing, ${changed.length} changed, ${superfluous.length} superfluous`,
    'run `obs-gen build`, bring prometheus/rules/ of the output to Prometheus, and reload it',
    [
      ...missing.map((each) => `missing: ${each}`),
      ...changed.map((each) => `changed: ${each}`),
      ...superfluous.map((each) => `superfluous: ${each}`),
    ],
  );
}

export const ruleDriftCheck = defineCheck({
  id: 'rules.drift',
  question: 'Are the rules that run those of the spec?',
  needs: ['prometheus'],
  run,
});
