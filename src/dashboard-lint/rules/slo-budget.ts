import { leafPanels, named } from '../board.js';
import { at, number, text } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors } from '../selectors.js';
import { stepsOf } from '../steps.js';
import { promTargets } from '../target.js';

/** A budget that is used up is seen as such: below zero and red. */
export const sloBudget: Rule = {
  id: 'slo-budget',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (panel.type !== 'gauge' && panel.type !== 'stat') continue;
      const reads = promTargets(panel).some(({ parsed }) =>
        (parsed?.expr === undefined ? [] : placedSelectors(parsed.expr)).some(({ selector }) =>
          /error_budget_remaining/.test(nameOf(selector) ?? ''),
        ),
      );
      const isShare = /^percent/.test(text(at(panel.json, 'fieldConfig', 'defaults', 'unit')) ?? '');
      if (!reads || !isShare) continue;
      const steps = stepsOf(panel);
      yield verdict(
        /red/i.test(steps[0]?.color ?? '') &&
          steps.some(({ value }) => value === 0) &&
          !/red/i.test(steps.at(-1)?.color ?? ''),
        inPanel(panel, 'fieldConfig.defaults.thresholds'),
        `the colours of ${named(panel)} do not say that the budget is used up`,
        'red below 0, green where enough is left',
      );
      if (panel.type !== 'gauge') continue;
      yield verdict(
        (number(at(panel.json, 'fieldConfig', 'defaults', 'min')) ?? 0) < 0,
        inPanel(panel, 'fieldConfig.defaults.min'),
        `${named(panel)} cannot show a budget that is overdrawn`,
        'set `min: -1`',
      );
    }
  },
};
