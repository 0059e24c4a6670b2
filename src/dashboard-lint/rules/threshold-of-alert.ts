import type { Alert, Model } from '../../model/model.js';
import { leafPanels, named, type BoardPanel } from '../board.js';
import { limitsOf, plainText, onlyWatchOf } from '../alert-limits.js';
import type { LintContext } from '../context.js';
import { exempt, fault, fine, inPanel, type Rule } from '../rule.js';
import { thresholdValues } from '../steps.js';
import { promTargets } from '../target.js';

/** The alert that watches just what a panel shows. */
function watching(model: Model, panel: BoardPanel): Alert | undefined {
  const shown = promTargets(panel).flatMap(({ parsed }) =>
    parsed?.expr === undefined ? [] : [plainText(parsed.expr)],
  );
  if (shown.length === 0) return undefined;
  return [...model.alerts.values()].find((alert) => {
    const watch = onlyWatchOf(alert);
    return watch !== undefined && shown.includes(plainText(watch.expr));
  });
}

function alertOf(panel: BoardPanel, { model, authored }: LintContext): Alert | undefined {
  if (model === undefined) return undefined;
  return authored?.get(panel.id ?? 0)?.thresholdsFrom ?? watching(model, panel);
}

/** As near as decimal digits and a step's own value bring them. */
function isNear(value: number, limit: number): boolean {
  return Math.abs(value - limit) <= 1e-6 * Math.max(1e-3, Math.abs(limit));
}

/** The line that a panel draws is where the alert fires. */
export const thresholdOfAlert: Rule = {
  id: 'threshold-of-alert',
  from: 'obs-gen',
  needsModel: true,
  *check(board, context) {
    for (const panel of leafPanels(board)) {
      const alert = alertOf(panel, context);
      if (alert === undefined) continue;
      const place = inPanel(panel, 'fieldConfig.defaults.thresholds');
      const limits = limitsOf(alert);
      if (limits === undefined || limits.length === 0) {
        yield exempt(place, 'the alert compares with no number');
        continue;
      }
      const drawn = thresholdValues(panel);
      const isDrawn = drawn.some((value) =>
        limits.some((limit) => [1, 100].some((scale) => isNear(value, limit * scale))),
      );
      yield isDrawn
        ? fine(place)
        : fault(
            place,
            drawn.length === 0
              ? `${named(panel)} shows what the alert \`${alert.name}\` watches, without its threshold`
              : `the threshold of ${named(panel)} is ${drawn.join(', ')}, and the alert \`${alert.name}\` fires at ${limits.join(', ')}`,
            'take the threshold from the alert: `thresholdsFrom`',
          );
    }
  },
};
