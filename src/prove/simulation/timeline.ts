import type { Expr } from '../../promql/ast.js';
import type { Value } from '../../promql/evaluate/index.js';
import type { Instance } from './alerting.js';

/** A stretch of time, in seconds, in which an alert fired; without an end where it still does. */
export interface Fire {
  readonly labels: ReadonlyMap<string, string>;
  readonly from: number;
  readonly until: number | undefined;
}

/** What rules did over some series. Labels of alerts are those that Alertmanager gets, without alertname. */
export interface Timeline {
  /** Why promtool would end the run: a rule could not be evaluated. */
  readonly failure: { readonly rule: string; readonly at: number; readonly message: string } | undefined;
  /** Who fires, as the ALERTS series have it at a time in seconds. */
  firing(alert: string, at: number): readonly ReadonlyMap<string, string>[];
  fires(alert: string): readonly Fire[];
  /** Those that fire since the last evaluation at or before a time, with the values that they were given. */
  instances(alert: string, at: number): readonly Instance[];
  /** What promtool would answer. @throws EvaluationError where it would refuse */
  query(expr: Expr, at: number): Value;
}
