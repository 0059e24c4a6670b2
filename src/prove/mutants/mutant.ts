import type { Expr } from '../../promql/ast.js';
import type { Rule, RuleGroup } from '../../promql/rule.js';
import type { Suite } from '../suite.js';
import type { Site } from './sites.js';

/** What a mutation breaks. */
export const mutantKinds = [
  'threshold',
  'operator',
  'window',
  'logic',
  'gate',
  'matcher',
  'guard',
  'grouping',
  'severity',
  'for',
  'keep-firing-for',
  'offset',
  'constant',
  'function',
  'label',
] as const;
export type MutantKind = (typeof mutantKinds)[number];

/** The rules of a suite with one deliberate fault: tests that do not notice it do not prove what they seem to. */
export interface Mutant {
  /** Unique within a spec, the same from run to run: `slo-run-success/slo:sli_bad:rate5m/window-2`. */
  readonly id: string;
  /** The record or alert that was broken, with the labels that tell it from others of its name. */
  readonly rule: string;
  readonly kind: MutantKind;
  /** What was done, as a sentence: "`> 0.072` became `> 0.144`". */
  readonly what: string;
  /** The groups of the suite, one rule replaced. */
  readonly groups: readonly RuleGroup[];
  /** Where the broken rule stands: indices of its group, and within the group. */
  readonly place: readonly [group: number, rule: number];
  /** Why no test can tell it from the original. */
  readonly equivalent?: string | undefined;
}

/** One way to break an expression. */
export interface ExprChange {
  readonly kind: MutantKind;
  readonly what: string;
  /** The whole expression, broken. */
  readonly expr: Expr;
  readonly equivalent?: string | undefined;
}

/** One way to break a rule other than in its expression. */
export interface RuleChange {
  readonly kind: MutantKind;
  readonly what: string;
  readonly rule: Rule;
  readonly equivalent?: string | undefined;
}

/** What operators know of the surroundings of a node. */
export interface Surroundings {
  readonly rule: Rule;
  readonly suite: Suite;
  /** Every value that a label of a series has in the scenarios. */
  readonly values: (metric: string, label: string) => readonly string[];
}

/** Breaks one node of an expression in every way that it knows. */
export type ExprOperator = (site: Site, surroundings: Surroundings) => readonly ExprChange[];

/** Breaks what a rule says beside its expression. */
export type RuleOperator = (rule: Rule) => readonly RuleChange[];
