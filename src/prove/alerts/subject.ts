import type { Alert, Model } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { EvaluationError } from '../../promql/evaluate/error.js';
import type { AlertingRule, RecordingRule, RuleGroup } from '../../promql/rule.js';
import { scoped } from '../../slo/scope.js';
import type { Check, Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import type { Labels } from './rows.js';
import { expandTemplate } from '../template/expand.js';
import { TemplateError } from '../template/error.js';

/** What the scenarios of an alert are made from. */
export interface Subject {
  readonly model: Model;
  readonly rule: AlertingRule;
  readonly records: readonly RecordingRule[];
  readonly groups: readonly RuleGroup[];
}

/** The alert and what its form says. */
export interface AlertSubject<Condition extends Alert['condition'] = Alert['condition']> extends Subject {
  readonly alert: Alert;
  readonly condition: Condition;
}

/** What came of it. */
export interface Proof {
  readonly scenarios: readonly Scenario[];
  readonly untested: Suite['untested'];
}

/** The reason why nothing of a rule is tested. */
export function untested(rule: string, reason: string): Proof {
  return { scenarios: [], untested: [{ rule, reason }] };
}

/** A query as the rules hold it: of this service's own series. */
export function own(model: Model, expr: Expr): Expr {
  return scoped(model, expr);
}

export function firing(rule: AlertingRule, at: number, ...groups: readonly Labels[]): Check {
  return { kind: 'firing', alert: rule.alert, at, groups: groups.length === 0 ? [new Map()] : groups };
}

export function silent(rule: AlertingRule, at: number): Check {
  return { kind: 'silent', alert: rule.alert, at };
}

/** Texts with their templates filled in; undefined where one does more than is understood. */
function filled(
  texts: ReadonlyMap<string, string>,
  labels: Labels,
  value: number,
): ReadonlyMap<string, string> | undefined {
  try {
    return new Map([...texts].map(([name, text]) => [name, expandTemplate(text, { labels, value })]));
  } catch (error) {
    if (error instanceof TemplateError || error instanceof EvaluationError) return undefined;
    throw error;
  }
}

/**
 * The alert as Alertmanager gets it. A rule's own labels replace those of the series; templates see the latter alone.
 * @returns undefined where a template does more than is understood
 */
export function identity(rule: AlertingRule, at: number, labels: Labels, value: number): Check | undefined {
  const ownLabels = filled(rule.labels, labels, value);
  const annotations = filled(rule.annotations, labels, value);
  if (ownLabels === undefined || annotations === undefined) return undefined;
  // Prometheus drops a label whose value is empty.
  const all = new Map([...labels, ...ownLabels].filter(([, text]) => text !== ''));
  return { kind: 'identity', alert: rule.alert, at, alerts: [{ labels: all, annotations }] };
}

/** Whether a text of the rule shows the value, so that a test has to know it to the last bit. */
export function showsValue(rule: AlertingRule): boolean {
  return [...rule.labels.values(), ...rule.annotations.values()].some((text) => /\$value|\.Value/.test(text));
}
