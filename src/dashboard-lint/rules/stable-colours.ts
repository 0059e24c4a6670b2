import { leafPanels, named, type BoardPanel } from '../board.js';
import { at, list, record, text } from '../json.js';
import { isGraph } from '../panel-types.js';
import { inPanel, verdict, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** Labels whose values mean good or bad, or a direction. */
const meaningful =
  /\{\{\s*(?:status|status_code|status_class|code|outcome|result|token_class|token_type|gen_ai_token_type)\s*\}\}/;

function isColoured({ json }: BoardPanel): boolean {
  const mode = text(at(json, 'fieldConfig', 'defaults', 'color', 'mode')) ?? '';
  const overrides = list(at(json, 'fieldConfig', 'overrides'));
  return (
    mode === 'fixed' ||
    mode === 'shades' ||
    Object.keys(record(json['aliasColors'])).length > 0 ||
    overrides.some((each) =>
      list(record(each)['properties']).some((property) => record(property)['id'] === 'color'),
    )
  );
}

/** What means something has one colour on every panel: failures, quantiles, tokens in and out. */
export const stableColours: Rule = {
  id: 'stable-colours',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (!isGraph(panel.type) && panel.type !== 'piechart') continue;
      const targets = promTargets(panel);
      const quantiles = targets.flatMap(({ query, legend }) => {
        const quantile = /histogram_quantile\(\s*([\d.]+)/.exec(query)?.[1];
        return quantile === undefined || legend.includes('{{') ? [] : [quantile];
      });
      const isMeaningful = targets.some(
        ({ legend }) => meaningful.test(legend) && legend.split('{{').length === 2,
      );
      if (!isMeaningful && new Set(quantiles).size < 2) continue;
      yield verdict(
        isColoured(panel),
        inPanel(panel, 'fieldConfig.overrides'),
        `the colours of ${named(panel)} follow the order of its lines`,
        'give what means something a colour of its own, with overrides',
      );
    }
  },
};
