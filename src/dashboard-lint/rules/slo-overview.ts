import { leafPanels, named } from '../board.js';
import { textsIn } from '../variable-names.js';
import { inPanel, verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors } from '../selectors.js';
import { promTargets } from '../target.js';

const columns: readonly (readonly [string, RegExp])[] = [
  ['the objective', /^slo:objective:ratio$/],
  ['the indicator', /^slo:sli_error:ratio_rate/],
  ['the budget that is left', /error_budget_remaining/],
  ['the burn rate', /burn_rate|^slo:sli_error:ratio_rate/],
];

/** All objectives on one page, each with the way to its own. */
export const sloOverview: Rule = {
  id: 'slo-overview',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (panel.type !== 'table') continue;
      const names = promTargets(panel).flatMap(({ parsed }) =>
        (parsed?.expr === undefined ? [] : placedSelectors(parsed.expr)).flatMap(({ selector }) =>
          selector.matchers.some(({ label, operator }) => label === 'slo' && operator === '=')
            ? []
            : (nameOf(selector) ?? []),
        ),
      );
      if (names.filter((name) => /^slo:/.test(name)).length < 2) continue;
      for (const [what, pattern] of columns) {
        yield verdict(
          names.some((name) => pattern.test(name)),
          inPanel(panel, 'targets'),
          `${named(panel)} lists objectives without ${what}`,
          'show objective, indicator, budget and burn rate of each',
        );
      }
      yield verdict(
        textsIn(panel.json['fieldConfig']).some((text) => /^\/d\/|__data\.fields|__value/.test(text)),
        inPanel(panel, 'fieldConfig'),
        `${named(panel)} does not lead to the dashboard of each objective`,
        'link the column of names',
      );
    }
  },
};
