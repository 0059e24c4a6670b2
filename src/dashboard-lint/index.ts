import { readBoard } from './board.js';
import type { LintContext } from './context.js';
import type { Finding, Inspection, RuleResult } from './finding.js';
import type { Verdict } from './rule.js';
import { rules } from './rules/index.js';

export type { Finding, Inspection, LintContext, RuleResult };
export { checklist, type ChecklistLine } from './checklist.js';
export { score, type LineScore, type Score } from './score.js';

const unreadable: Finding = {
  rule: 'readable',
  panel: undefined,
  path: '',
  message: 'this is no dashboard in the classic JSON of Grafana',
  help: 'export it with `Export as classic JSON`; the form v2 is not read',
};

function resultOf(rule: string, verdicts: Iterable<Verdict>): RuleResult {
  const findings: Finding[] = [];
  const exempt = new Map<string, number>();
  let looked = 0;
  for (const each of verdicts) {
    if (each.kind === 'exempt') {
      exempt.set(each.reason, (exempt.get(each.reason) ?? 0) + 1);
      continue;
    }
    looked += 1;
    if (each.kind === 'fine') continue;
    const { place, message, help } = each;
    findings.push({ rule, panel: place.panel?.id, path: place.path, message, help });
  }
  return { rule, looked, findings, exempt };
}

/**
 * Looks at a dashboard with every rule.
 * @param without rules that nobody will ask about
 */
export function inspectDashboard(
  json: unknown,
  context: LintContext = {},
  without: ReadonlySet<string> = new Set(),
): Inspection {
  const hasModel = context.model !== undefined;
  const board = readBoard(json);
  if (board === undefined) return { results: undefined, findings: [unreadable], hasModel };
  const asked = rules.filter(({ id }) => !without.has(id));
  const results = asked.map(({ id, check }) => resultOf(id, check(board, context)));
  return { results, findings: results.flatMap(({ findings }) => findings), hasModel };
}

/**
 * What is wrong with a dashboard in Grafana's classic JSON, whoever made it.
 * @param context with a model, its metrics, units and alerts are compared as well
 */
export function lintDashboard(json: unknown, context: LintContext = {}): readonly Finding[] {
  return inspectDashboard(json, context).findings;
}
