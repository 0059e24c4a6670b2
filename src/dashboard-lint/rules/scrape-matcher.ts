import type { Board } from '../board.js';
import { named } from '../board.js';
import type { LintContext } from '../context.js';
import { isPlaceholder } from '../placeholders.js';
import { exempt, verdict, type Verdict } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

/** Series that Prometheus makes itself of its alerts, with the labels of the alerts. */
const ofAlerts = /^ALERTS(?:_FOR_STATE)?$/;

/** Why a series need not be narrowed by a label of the scrape; undefined where it has to be. */
function reason(
  name: string | undefined,
  label: 'job' | 'instance',
  { model }: LintContext,
): string | undefined {
  if (name === undefined) return undefined;
  if (isPlaceholder(name)) return 'the name of the metric is a variable';
  if (name.includes(':') || name === 'slo_info') return `recorded series carry no \`${label}\` of a scrape`;
  if (ofAlerts.test(name)) return 'ALERTS carries the labels of the alerts';
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  const others = model?.external.get(name) ?? model?.external.get(base);
  if (others !== undefined && others.labels?.includes(label) !== true)
    return `another program exposes the metric, and the spec gives it no label \`${label}\``;
  return undefined;
}

/** Every selector is narrowed by a label of the scrape with the variable of its name. */
export function* scrapeMatcher(
  board: Board,
  context: LintContext,
  label: 'job' | 'instance',
): Iterable<Verdict> {
  for (const { panel, target, expr, path } of readTargets(board)) {
    for (const { selector } of placedSelectors(expr)) {
      const name = nameOf(selector);
      const why = reason(name, label, context);
      const place = { panel, path };
      if (why !== undefined) {
        yield exempt(place, why);
        continue;
      }
      yield verdict(
        selector.matchers.some(
          (each) =>
            each.label === label &&
            each.operator === '=~' &&
            (each.value === `$${label}` || each.value.startsWith(`\${${label}`)),
        ),
        place,
        `query ${target.refId ?? '?'} of ${named(panel)} does not narrow \`${name ?? '{}'}\` by \`${label}\``,
        `add \`${label}=~"$${label}"\``,
      );
    }
  }
}
