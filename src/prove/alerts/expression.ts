import type { Alert, Model } from '../../model/model.js';
import { EvaluationError } from '../../promql/evaluate/index.js';
import { Labels as LabelSets } from '../../promql/evaluate/labels.js';
import type { AlertingRule, RuleGroup } from '../../promql/rule.js';
import { walk } from '../../promql/walk.js';
import type { Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { beyondLimit } from './expression/beyond.js';
import { decisive } from './expression/decisive.js';
import { findInputs, type Input } from './expression/inputs.js';
import { knobsOf } from './expression/knobs.js';
import { paceOf } from './expression/pace.js';
import {
  company,
  everyValue,
  excludedValues,
  flapping,
  idle,
  resets,
  sides,
  withinLimit,
} from './expression/quiet.js';
import { Laboratory, type Edge } from './expression/search.js';
import type { Stage } from './expression/stage.js';
import type { Labels } from './rows.js';

interface Result {
  readonly scenarios: readonly Scenario[];
  readonly untested: Suite['untested'];
}

/** Numbers that the rules name. */
function constantsOf(rule: AlertingRule, groups: readonly RuleGroup[]): readonly number[] {
  const found = new Set<number>();
  for (const { expr } of [rule, ...groups.flatMap(({ rules }) => rules)])
    walk(expr, (each) => {
      if (each.kind === 'number' && Number.isFinite(each.value) && each.value !== 0) found.add(each.value);
    });
  return [...found];
}

/** Labels of results that can have a second value wherever they stand. */
function variedBy(inputs: readonly Input[], result: Labels, rule: AlertingRule): Labels {
  const varied = new Map<string, string>();
  for (const [label, value] of result) {
    const having = inputs.filter(({ labels }) => labels.get(label) === value);
    const others = new Set(having.map(({ alternatives }) => alternatives.get(label)));
    const [other] = others;
    if (having.length > 0 && others.size === 1 && other !== undefined && !rule.labels.has(label))
      varied.set(label, other);
  }
  return varied;
}

/** Scenarios around a limit; undefined where the alert does not fire beyond it as it should. */
function scenariosOf(stage: Stage, laboratory: Laboratory, edge: Edge): Result | undefined {
  const alone = beyondLimit(stage, edge);
  if (alone === undefined) return undefined;
  const grouped = { ...stage, varied: variedBy(stage.inputs, alone.fire.labels, stage.rule) };
  const together = grouped.varied.size === 0 ? undefined : beyondLimit(grouped, edge);
  const [used, beyond] = together === undefined ? [stage, alone] : [grouped, together];
  const { scenarios, missing } = sides(used, laboratory, edge);
  const reasons = [...(beyond.unread === undefined ? [] : [beyond.unread]), ...missing];
  const plain = [
    beyond.scenario,
    ...withinLimit(used, edge),
    ...everyValue(used, edge),
    ...company(used, edge),
    ...flapping(used, edge),
    ...scenarios,
    ...excludedValues(used, edge),
    ...resets(used, edge),
    ...idle(used, edge),
  ];
  const constants = constantsOf(stage.rule, stage.groups);
  return {
    scenarios: [...plain, ...decisive(used, laboratory, edge, constants, plain)],
    untested: reasons.map((reason) => ({ rule: stage.rule.alert, reason })),
  };
}

/**
 * Scenarios of an alert that is an expression of the user: series are looked for that bring its condition just beyond the limit and just
 * within it. What they make of the rules is worked out by the evaluator, which agrees with promtool.
 * @param groups the rules that the alert reads, and the alert itself
 */
export function expressionScenarios(
  model: Model,
  alert: Alert,
  rule: AlertingRule,
  groups: readonly RuleGroup[],
): Result {
  const untested = (reason: string): Result => ({ scenarios: [], untested: [{ rule: alert.name, reason }] });
  const pace = paceOf(rule, groups);
  if (pace === undefined) return untested('it looks back too far for a test');
  try {
    const { read, excluded } = findInputs(model, rule, groups);
    if (read.length === 0) return untested('it reads no series that could be made up');
    const knobs = knobsOf(read, constantsOf(rule, groups), pace.interval);
    const labelSets = new LabelSets();
    const laboratory = new Laboratory(read, knobs, groups, pace, labelSets);
    const stage: Stage = { rule, groups, inputs: read, excluded, knobs, pace, varied: new Map(), labelSets };
    for (const edge of laboratory.edges(rule.expr)) {
      const found = scenariosOf(stage, laboratory, edge);
      if (found !== undefined) return found;
    }
    return untested('no series were found that make it fire and, a little different, do not');
  } catch (error) {
    if (error instanceof EvaluationError) return untested(error.message);
    throw error;
  }
}
