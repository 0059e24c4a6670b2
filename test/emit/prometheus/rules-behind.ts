import { parse } from 'yaml';

interface WrittenRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
}
interface WrittenRules {
  readonly groups: readonly { readonly rules: readonly WrittenRule[] }[];
}

/** Whatever an expression may read: the names in it, and those of alerts as `ALERTS{alertname="…"}`. */
function namesIn(expr: string): readonly string[] {
  return [...expr.matchAll(/[a-zA-Z_:][\w:]*/g)].map(([name]) => name);
}

/**
 * The files with only those rules that decide about the expressions, directly or through others: promtool evaluates every rule at each step
 * of hours or days.
 */
export function rulesBehind(
  files: Readonly<Record<string, string>>,
  expressions: readonly string[],
): Readonly<Record<string, string>> {
  const written = Object.entries(files).map(([name, text]) => [name, parse(text) as WrittenRules] as const);
  const rules = written.flatMap(([, { groups }]) => groups.flatMap((group) => group.rules));
  const kept = new Set<WrittenRule>();
  const keep = (expr: string): void => {
    const names = new Set(namesIn(expr));
    const anyAlert = names.has('ALERTS') && !names.has('alertname');
    for (const rule of rules) {
      const isRead = names.has(rule.record ?? rule.alert ?? '') || (anyAlert && rule.alert !== undefined);
      if (!isRead || kept.has(rule)) continue;
      kept.add(rule);
      keep(rule.expr);
    }
  };
  expressions.forEach(keep);
  return Object.fromEntries(
    written.flatMap(([name, { groups, ...rest }]) => {
      const left = groups
        .map((group) => ({ ...group, rules: group.rules.filter((rule) => kept.has(rule)) }))
        .filter((group) => group.rules.length > 0);
      return left.length === 0 ? [] : [[name, JSON.stringify({ ...rest, groups: left })] as const];
    }),
  );
}
