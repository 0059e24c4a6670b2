import type { Model } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { matcher, selector } from '../../promql/build.js';
import { queriesOfAlert } from '../../model/resolve/readers.js';
import { printPromql } from '../../promql/print.js';
import { children, selectors, transform } from '../../promql/walk.js';
import { bridged } from '../../renames/bridge.js';
import { renameRuleFile } from '../../renames/groups.js';
import { recordedNames } from '../../slo/recorded-names.js';
import { scoped } from '../../slo/scope.js';
import { ruleGroupFiles } from '../prometheus/files.js';
import type { RecordingRule } from '../../promql/rule.js';
import { keptLabels } from './kept-labels.js';
import { scopeMatchers, type ScopeVariable } from './scope.js';

const known = new WeakMap<Model, ReadonlyMap<string, RecordingRule>>();

/** An expression without the parentheses that nothing asks for, so that two that mean the same read the same. */
function plain(expr: Expr): string {
  return printPromql(transform(expr, (each) => (each.kind === 'paren' ? each.expr : each)));
}

/** Whether every rule can be made: a query with a fault, which was reported, makes none. */
function isWhole(model: Model): boolean {
  const queries = [...model.alerts.values()].flatMap(queriesOfAlert);
  return recordedNames(model) !== undefined && queries.every(({ expr }) => expr !== undefined);
}

/** The rules that store what is worked out from series of the service, by what they work out. */
function rulesOf(model: Model): ReadonlyMap<string, RecordingRule> {
  const before = known.get(model);
  if (before !== undefined) return before;
  // What bridges a renaming begins when the rules are loaded, and lacks the past that both names have.
  const bridges = renameRuleFile(model);
  const rules = (isWhole(model) ? ruleGroupFiles(model) : [])
    .filter(({ path }) => path !== bridges)
    .flatMap(({ groups }) => groups)
    .flatMap((group) => group.rules)
    .flatMap((rule) => (rule.kind === 'record' && children(rule.expr).length > 0 ? [rule] : []));
  // The first of two that store the same: it is evaluated first.
  const found = new Map([...rules].reverse().map((rule) => [plain(rule.expr), rule]));
  known.set(model, found);
  return found;
}

/**
 * The recorded series that holds what an expression works out, narrowed by the variables whose labels it keeps; undefined where there is
 * none, or where a variable of the spec would no longer narrow it.
 */
function recordedOf(model: Model, expr: Expr, variables: readonly ScopeVariable[]): Expr | undefined {
  const rule = rulesOf(model).get(plain(bridged(model, scoped(model, expr))));
  if (rule === undefined) return undefined;
  const narrowing = variables.filter(
    (variable) =>
      variable.label !== undefined &&
      selectors(expr).some(
        ({ metric }) => metric !== undefined && scopeMatchers(model, metric, [variable]).length > 0,
      ),
  );
  const kept = keptLabels(model, expr);
  if (!narrowing.every(({ wire }) => kept?.includes(wire) === true)) return undefined;
  return selector(rule.record, [
    ...[...rule.labels].map(([label, value]) => matcher(label, '=', value)),
    ...narrowing.map(({ name, wire }) => matcher(wire, '=~', `$${name}`)),
  ]);
}

/** An expression in which whatever a rule stores already is read instead of worked out again. Largest parts first. */
export function withRecorded(model: Model, expr: Expr, variables: readonly ScopeVariable[]): Expr {
  const found = recordedOf(model, expr, variables);
  if (found !== undefined) return found;
  const inner = (each: Expr): Expr => withRecorded(model, each, variables);
  switch (expr.kind) {
    case 'selector':
    case 'number':
    case 'string':
    case 'subquery':
      return expr;
    case 'paren':
    case 'unary':
      return { ...expr, expr: inner(expr.expr) };
    case 'aggregation':
      return { ...expr, expr: inner(expr.expr) };
    case 'call':
      return { ...expr, args: expr.args.map(inner) };
    case 'binary':
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
  }
}
