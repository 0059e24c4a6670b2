import { named } from '../board.js';
import { exempt, verdict, type Rule } from '../rule.js';
import { placedSelectors, readTargets } from '../selectors.js';

/** Rates are taken over `$__rate_interval`: never less than four scrapes, never less than a step of the graph. */
export const targetRateInterval: Rule = {
  id: 'target-rate-interval-rule',
  from: 'dashboard-linter',
  *check(board, { authored }) {
    for (const { panel, target, expr, path } of readTargets(board)) {
      for (const { selector, parents } of placedSelectors(expr)) {
        const outer = parents.at(-1);
        if (outer?.kind !== 'call' || (outer.func !== 'rate' && outer.func !== 'irate')) continue;
        if (authored?.get(panel.id ?? 0)?.source.kind === 'alert') {
          yield exempt({ panel, path }, 'the window is that of the alert whose threshold is shown');
          continue;
        }
        if (parents.some(({ kind }) => kind === 'subquery')) {
          yield exempt({ panel, path }, 'a subquery has a step of its own');
          continue;
        }
        const { range } = selector;
        yield verdict(
          range?.kind === 'variable' && range.name === '$__rate_interval',
          { panel, path },
          `query ${target.refId ?? '?'} of ${named(panel)} takes a ${outer.func} over a fixed range`,
          'use `[$__rate_interval]`',
        );
      }
    }
  },
};
