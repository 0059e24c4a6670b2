import type { Board } from '../board.js';
import { text } from '../json.js';
import { verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

/** What is to be seen of an objective, by the series that it is read from. */
const parts: readonly (readonly [string, RegExp])[] = [
  ['the objective', /^slo:objective:ratio$/],
  ['the indicator', /^slo:sli_error:ratio_rate/],
  ['the budget that is left', /^slo:(?:period_)?error_budget_remaining:ratio$/],
  ['the burn rate', /^slo:(?:current_burn_rate|period_burn_rate|sli_error):ratio/],
  ['the time to exhaustion', /^slo:time_to_exhaustion:seconds$/],
];

/** The names of the series that a board reads of each objective. */
function seriesOfObjectives(board: Board): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { expr } of readTargets(board)) {
    for (const { selector } of placedSelectors(expr)) {
      const name = nameOf(selector) ?? '';
      const slo = selector.matchers.find(({ label, operator }) => label === 'slo' && operator === '=')?.value;
      if (!name.startsWith('slo:') || slo === undefined) continue;
      const own = found.get(slo) ?? new Set<string>();
      found.set(slo, own.add(name));
    }
  }
  return found;
}

/** Whether a panel about an objective says its number in words. */
function isPromised(board: Board, slo: string): boolean {
  return board.panels.some(
    ({ json, title }) =>
      JSON.stringify(json['targets'] ?? '').includes(slo) &&
      /\d\s?%/.test(`${title} ${text(json['description']) ?? ''}`),
  );
}

/** An objective is shown whole: what was promised, how it stands, what is left, how fast it goes, and until when. */
export const sloPanels: Rule = {
  id: 'slo-panels',
  from: 'obs-gen',
  *check(board) {
    for (const [slo, names] of seriesOfObjectives(board)) {
      // One number of an objective among other panels is a hint, not its board.
      if (names.size < 2) continue;
      for (const [what, pattern] of parts) {
        const isSaid = what === parts[0]?.[0] && isPromised(board, slo);
        yield verdict(
          isSaid || [...names].some((name) => pattern.test(name)),
          { path: 'panels' },
          `the objective \`${slo}\` is shown without ${what}`,
          'show all five: objective, indicator, budget, burn rate, time left',
        );
      }
    }
  },
};
