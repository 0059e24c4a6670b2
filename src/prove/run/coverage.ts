import type { RuleGroupFile } from '../../emit/prometheus/files.js';
import type { Expr } from '../../promql/ast.js';
import type { Rule } from '../../promql/rule.js';
import { rulesBehind } from '../dependencies.js';
import { ruleName } from '../mutants/rule-name.js';
import type { Suite } from '../suite.js';

/** A rule of the output that no test depends on. */
export interface UntestedRule {
  readonly rule: string;
  /** Of its file, below the output directory. */
  readonly path: string;
  readonly reason: string;
  /** Whether its suite says why it cannot be tested; else a scenario is missing. */
  readonly excused: boolean;
}

export interface Coverage {
  readonly rules: number;
  readonly tested: number;
  readonly untested: readonly UntestedRule[];
}

/** What tells a rule from all others of its file. */
function keyOf(rule: Rule): string {
  return JSON.stringify([
    rule.kind,
    rule.kind === 'alert' ? rule.alert : rule.record,
    [...rule.labels].sort(),
  ]);
}

/** What the tests of all suites ask about the rules of one file. */
interface Asked {
  /** Rules that some suite holds. */
  readonly held: Set<string>;
  /** Rules that some check depends on. */
  readonly read: Set<string>;
  /** Alerts that are seen firing, and seen silent. */
  readonly firing: Set<string>;
  readonly silent: Set<string>;
  readonly reasons: Map<string, string>;
}

function askedOf(suites: readonly Suite[]): Asked {
  const asked: Asked = {
    held: new Set(),
    read: new Set(),
    firing: new Set(),
    silent: new Set(),
    reasons: new Map(),
  };
  for (const suite of suites) {
    for (const { rule, reason } of suite.untested) asked.reasons.set(rule, reason);
    for (const rule of suite.groups.flatMap(({ rules }) => rules)) asked.held.add(keyOf(rule));
    const known = new Map<string, ReadonlySet<Rule>>();
    for (const check of suite.scenarios.flatMap(({ checks }) => checks)) {
      if (check.kind === 'silent') asked.silent.add(check.alert);
      else if (check.kind === 'firing')
        (check.groups.length > 0 ? asked.firing : asked.silent).add(check.alert);
      else if (check.kind === 'identity')
        (check.alerts.length > 0 ? asked.firing : asked.silent).add(check.alert);
      const behind =
        check.kind === 'query'
          ? rulesBehind(check, suite.groups)
          : (known.get(check.alert) ?? rulesBehind(check, suite.groups));
      if (check.kind !== 'query') known.set(check.alert, behind);
      for (const rule of behind) asked.read.add(keyOf(rule));
    }
  }
  return asked;
}

/** Whether there is no condition at all: a heartbeat fires always, and silence is what it is for to be noticed elsewhere. */
function isUnconditional(expr: Expr): boolean {
  return expr.kind === 'call' && expr.func === 'vector' && expr.args[0]?.kind === 'number';
}

/** Why a rule counts as untested; undefined where it is tested. */
function lack(rule: Rule, asked: Asked): string | undefined {
  const key = keyOf(rule);
  if (!asked.held.has(key)) return 'no suite holds it';
  if (!asked.read.has(key)) return 'no check depends on it';
  if (rule.kind === 'record') return undefined;
  if (!asked.firing.has(rule.alert)) return 'no scenario lets it fire';
  return asked.silent.has(rule.alert) || isUnconditional(rule.expr)
    ? undefined
    : 'no scenario shows it silent';
}

/**
 * Which rules are tested: an alert by a scenario in which it fires and one in which it is silent, a record by a check that depends on
 * it, directly or through other rules.
 */
export function coverageOf(files: readonly RuleGroupFile[], suites: readonly Suite[]): Coverage {
  const untested: UntestedRule[] = [];
  let rules = 0;
  for (const { path, groups } of files) {
    const asked = askedOf(suites.filter(({ ruleFile }) => ruleFile === path));
    for (const rule of groups.flatMap((group) => group.rules)) {
      rules += 1;
      const reason = lack(rule, asked);
      if (reason === undefined) continue;
      const name = ruleName(rule, groups);
      const own = rule.kind === 'alert' ? rule.alert : rule.record;
      const excuse = asked.reasons.get(name) ?? asked.reasons.get(own);
      untested.push({ rule: name, path, reason: excuse ?? reason, excused: excuse !== undefined });
    }
  }
  return { rules, tested: rules - untested.length, untested };
}
