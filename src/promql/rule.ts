import type { Expr } from './ast.js';

/** A rule that stores what an expression yields under a new name. */
export interface RecordingRule {
  readonly kind: 'record';
  readonly record: string;
  readonly expr: Expr;
  readonly labels: ReadonlyMap<string, string>;
}

/** A rule that fires for every series that an expression yields. */
export interface AlertingRule {
  readonly kind: 'alert';
  readonly alert: string;
  readonly expr: Expr;
  /** Seconds; undefined: at once. */
  readonly for: number | undefined;
  /** Seconds; only for servers that know the key. */
  readonly keepFiringFor: number | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Templates of Prometheus. */
  readonly annotations: ReadonlyMap<string, string>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated one after the other, at one time. */
export interface RuleGroup {
  readonly name: string;
  /** Seconds between evaluations. */
  readonly interval: number;
  readonly rules: readonly Rule[];
}
