import { sloRuleFile } from '../../emit/prometheus/files.js';
import type { Model, Slo } from '../../model/model.js';
import type { RuleGroup } from '../../promql/rule.js';
import { groupsOfSlo } from '../../slo/groups.js';
import { proofFor, type Proof } from '../kept-proofs.js';
import type { Suite } from '../suite.js';
import { absenceScenarios } from './absence.js';
import { armScenarios } from './arms.js';
import { budgetScenarios } from './budget.js';
import { gateScenarios } from './gate.js';
import { kindScenarios, recordsOf } from './kinds.js';
import { Stage } from './stage.js';

/** The tests of an objective: everything that they feed and expect follows from what the spec promises. */
export function sloSuite(model: Model, slo: Slo): Suite {
  const groups = groupsOfSlo(model, slo);
  const suite = {
    id: `slo-${slo.name}`,
    subject: `slos.${slo.name}`,
    ruleFile: sloRuleFile(model, slo.name),
    groups,
  };
  const stage = new Stage(model, slo);
  if (stage.groups.length === 0) {
    const reason = `no series can be made up for the indicator ${slo.sli.name}`;
    const alerts = groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => (rule.kind === 'alert' ? [rule.alert] : [])),
    );
    return {
      ...suite,
      scenarios: [],
      untested: [...new Set([...alerts, ...recordsOf(groups)])].map((rule) => ({ rule, reason })),
    };
  }
  return { ...suite, ...proofFor(model, slo, groups, () => proofOf(stage, groups)) };
}

function proofOf(stage: Stage, groups: readonly RuleGroup[]): Proof {
  const [arms, gates] = [armScenarios(stage), gateScenarios(stage)];
  return {
    scenarios: [
      ...kindScenarios(stage, groups),
      ...arms.scenarios,
      ...gates.scenarios,
      ...absenceScenarios(stage, groups),
      ...budgetScenarios(stage),
    ],
    untested: [...arms.untested, ...gates.untested],
  };
}
