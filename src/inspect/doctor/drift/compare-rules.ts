import type { Expr, Matcher } from '../../../promql/ast.js';
import { printDuration } from '../../../promql/duration.js';
import { parsePromql } from '../../../promql/parse.js';
import { formatPromql } from '../../../promql/print.js';
import type { Rule, RuleGroup } from '../../../promql/rule.js';
import { transform } from '../../../promql/walk.js';
import type { DeployedGroup, DeployedRule } from './deployed-rules.js';

/** How the rules that run differ from those of a spec, each in a line. */
export interface RuleDrift {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  readonly superfluous: readonly string[];
}

/** Columns that no expression reaches: one line each. */
const oneLine = Infinity;

/** Without what does not change its meaning: the order of matchers and of grouped labels, and how a number was written. */
function ordered(expr: Expr): Expr {
  switch (expr.kind) {
    case 'selector': {
      const key = ({ label, operator, value }: Matcher): string => `${label}\0${operator}\0${value}`;
      const matchers = expr.matchers.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
      return { ...expr, matchers };
    }
    case 'number':
      return { kind: 'number', value: expr.value };
    case 'aggregation': {
      const { grouping } = expr;
      return grouping === undefined
        ? expr
        : { ...expr, grouping: { ...grouping, labels: grouping.labels.toSorted() } };
    }
    case 'binary': {
      const { matching } = expr;
      return matching === undefined
        ? expr
        : { ...expr, matching: { ...matching, labels: matching.labels.toSorted() } };
    }
    default:
      return expr;
  }
}

/**
 * An expression in one form, whoever printed it; text that cannot be read stands for itself. Prometheus prints what it has parsed: it
 * keeps parentheses, sorts matchers, and changes blanks, the places of groupings, and numbers.
 */
export function canonical(query: string): string {
  const { expr } = parsePromql(query);
  return expr === undefined ? query.trim() : formatPromql(transform(expr, ordered), oneLine);
}

/** The rule of a spec as Prometheus would tell of it. */
function expectedRule(rule: Rule): Omit<DeployedRule, 'health' | 'lastError'> {
  const query = canonical(formatPromql(rule.expr, oneLine));
  if (rule.kind === 'record') {
    const { record: name, labels } = rule;
    return { kind: 'record', name, query, labels, for: 0, keepFiringFor: 0, annotations: new Map() };
  }
  return {
    kind: 'alert',
    name: rule.alert,
    query,
    for: rule.for ?? 0,
    keepFiringFor: rule.keepFiringFor ?? 0,
    labels: rule.labels,
    annotations: rule.annotations,
  };
}

/** Names of the entries that are not the same in both. */
function differing(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key));
}

/** What of a rule is not as the spec has it. */
function differences(
  expected: Omit<DeployedRule, 'health' | 'lastError'>,
  found: DeployedRule,
): readonly string[] {
  const time = (key: string, want: number, have: number): readonly string[] =>
    want === have ? [] : [`${key} is ${printDuration(have)} and not ${printDuration(want)}`];
  const names = (what: string, keys: readonly string[]): readonly string[] =>
    keys.length === 0 ? [] : [`${what} ${keys.join(', ')}`];
  return [
    ...(canonical(found.query) === expected.query ? [] : ['the expression']),
    ...time('for', expected.for, found.for),
    ...time('keep_firing_for', expected.keepFiringFor, found.keepFiringFor),
    ...names('label', differing(expected.labels, found.labels)),
    ...names('annotation', differing(expected.annotations, found.annotations)),
  ];
}

/** Rules of one name differ in their labels: the one that is most alike is the one that was meant. */
function take(
  expected: Omit<DeployedRule, 'health' | 'lastError'>,
  rest: DeployedRule[],
): DeployedRule | undefined {
  const alike = rest.filter(({ kind, name }) => kind === expected.kind && name === expected.name);
  const best = alike
    .map((rule) => ({ rule, faults: differing(expected.labels, rule.labels).length }))
    .toSorted((one, other) => one.faults - other.faults)[0]?.rule;
  if (best !== undefined) rest.splice(rest.indexOf(best), 1);
  return best;
}

function named({ name, labels }: Pick<DeployedRule, 'name' | 'labels'>): string {
  const slo = labels.get('slo');
  return slo === undefined ? name : `${name} (${slo})`;
}

function compareGroup(expected: RuleGroup, found: DeployedGroup): RuleDrift {
  const rest = [...found.rules];
  const missing: string[] = [];
  const changed: string[] = [];
  if (found.interval !== expected.interval)
    changed.push(
      `${expected.name}: the interval is ${printDuration(found.interval)} and not ${printDuration(expected.interval)}`,
    );
  for (const rule of expected.rules.map(expectedRule)) {
    const match = take(rule, rest);
    const faults = match === undefined ? [] : differences(rule, match);
    if (match === undefined) missing.push(`${expected.name}: ${named(rule)}`);
    else if (faults.length > 0) changed.push(`${expected.name}: ${named(rule)}: ${faults.join('; ')}`);
  }
  return { missing, changed, superfluous: rest.map((rule) => `${expected.name}: ${named(rule)}`) };
}

/**
 * Compares the groups that run with those of a spec. What is superfluous is known by its name, which begins with that of the service; groups
 * of others are nobody's business here, and those that services share may stand there for each of them.
 */
export function compareRules(
  service: string,
  expected: readonly RuleGroup[],
  deployed: readonly DeployedGroup[],
): RuleDrift {
  const isOwn = ({ name }: { readonly name: string }): boolean => name.startsWith(`${service}:`);
  const known = new Set(expected.map(({ name }) => name));
  const parts = expected.map((group): RuleDrift => {
    const [first, ...copies] = deployed.filter(({ name }) => name === group.name);
    if (first === undefined) return { missing: [`the group ${group.name}`], changed: [], superfluous: [] };
    const drift = compareGroup(group, first);
    const twice = copies.filter(isOwn).map(({ file }) => `the group ${group.name}, a second time: ${file}`);
    return { ...drift, superfluous: [...drift.superfluous, ...twice] };
  });
  const foreign = deployed
    .filter((group) => isOwn(group) && !known.has(group.name))
    .map(({ name }) => `the group ${name}`);
  return {
    missing: parts.flatMap(({ missing }) => missing),
    changed: parts.flatMap(({ changed }) => changed),
    superfluous: [...parts.flatMap(({ superfluous }) => superfluous), ...foreign],
  };
}
