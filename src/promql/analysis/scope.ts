import type { Expr } from '../ast.js';
import type { Environment } from './environment.js';
import type { Finding } from './finding.js';
import type { Value } from './value.js';

/**
 * What an expression is for: the condition of an alert, what an anomaly or a time slice watches, a share of bad events for each window,
 * a panel, a rule, or a selector that others put rate() and the like around.
 */
export type Purpose = 'alert' | 'anomaly' | 'slice' | 'share' | 'panel' | 'rule' | 'selector';

/** What the transfer functions work with. */
export interface Scope {
  readonly environment: Environment;
  readonly purpose: Purpose;
  /** The value of an expression below, with all its findings reported but those that are pending. */
  value(expr: Expr): Value;
  report(finding: Finding | undefined): void;
}

/** The value with what was pending reported: nothing around it has made sense of it. */
export function settled(scope: Scope, value: Value): Value {
  if (value.pending === undefined) return value;
  scope.report(value.pending);
  return { ...value, nature: 'unknown', unit: undefined, pending: undefined };
}
