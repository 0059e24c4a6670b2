import { seriesNamed } from '../../model/series.js';
import { leafPanels, named } from '../board.js';
import { nameOf, placedSelectors } from '../selectors.js';
import { isGraph } from '../panel-types.js';
import { exempt, verdict, type Rule } from '../rule.js';
import { promTargets, type Target } from '../target.js';

/** The series of buckets that a query reads, recorded ones left out. */
function bucketsOf({ parsed }: Target): readonly string[] {
  const all = parsed?.expr === undefined ? [] : placedSelectors(parsed.expr);
  return all
    .map(({ selector }) => nameOf(selector) ?? '')
    .filter((name) => name.endsWith('_bucket') && !name.includes(':'));
}

/** From a slow point to the trace of one request that was. */
export const exemplars: Rule = {
  id: 'exemplars',
  from: 'obs-gen',
  *check(board, { model }) {
    for (const panel of leafPanels(board)) {
      if (!isGraph(panel.type) && panel.type !== 'heatmap') continue;
      const targets = promTargets(panel).filter((target) => bucketsOf(target).length > 0);
      const [first] = targets;
      if (first === undefined) continue;
      const place = { panel, path: `${first.path}.exemplar` };
      const metrics = targets
        .flatMap(bucketsOf)
        .flatMap((name) => model?.metrics.get(seriesNamed(model, name)?.metric.name ?? '') ?? []);
      if (model !== undefined && metrics.every((metric) => !metric.exemplars)) {
        yield exempt(place, 'the spec keeps no exemplars of the metric');
        continue;
      }
      yield verdict(
        targets.some(({ json }) => json['exemplar'] === true),
        place,
        `${named(panel)} asks for no exemplars`,
        'set `exemplar: true`: a slow point then leads to a trace',
      );
    }
  },
};
