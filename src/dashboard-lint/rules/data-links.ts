import { leafPanels, named, type BoardPanel } from '../board.js';
import { at, list, record, text } from '../json.js';
import { isGraph } from '../panel-types.js';
import { exempt, fault, inPanel, verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors } from '../selectors.js';
import { promTargets } from '../target.js';

/** Whether a link leads to a page of the same Grafana, whose time it should keep. */
function isInside(url: string): boolean {
  return /^(?:\/(?:explore|d)\b|\$\{?__url|d\/|explore)/.test(url);
}

/** Whether all that a panel shows was recorded by rules. */
function readsRecords(panel: BoardPanel): boolean {
  const names = promTargets(panel).flatMap(({ parsed }) =>
    parsed?.expr === undefined ? [] : placedSelectors(parsed.expr).map(({ selector }) => nameOf(selector)),
  );
  return names.length > 0 && names.every((name) => name?.includes(':') === true);
}

/** What is seen in a graph can be followed into logs, traces and other dashboards, at the same time. */
export const dataLinks: Rule = {
  id: 'data-links',
  from: 'obs-gen',
  *check(board, { model }) {
    for (const panel of leafPanels(board)) {
      if ((!isGraph(panel.type) && panel.type !== 'heatmap') || promTargets(panel).length === 0) continue;
      const place = inPanel(panel, 'fieldConfig.defaults.links');
      if (model !== undefined && model.spans.size === 0 && model.logs.events.size === 0) {
        yield exempt(place, 'the spec has neither spans nor log events to lead to');
        continue;
      }
      const hasLinks = list(at(panel.json, 'fieldConfig', 'defaults', 'links')).length > 0;
      if (!hasLinks && readsRecords(panel)) {
        yield exempt(place, 'recorded series lack the labels that logs and traces are found by');
        continue;
      }
      const urls = [
        ...list(at(panel.json, 'fieldConfig', 'defaults', 'links')),
        ...list(panel.json['links']),
      ].map((link) => text(record(link)['url']) ?? '');
      if (!hasLinks) {
        yield fault(
          place,
          `${named(panel)} leads nowhere`,
          'add data links to logs, traces or a dashboard in detail',
        );
        continue;
      }
      yield verdict(
        urls
          .filter(isInside)
          .every((url) => /__url_time_range|__from|__value\.time|[?&]from=/.test(decodeURIComponent(url))),
        place,
        `a link of ${named(panel)} forgets the time that is looked at`,
        'add `${__url_time_range}`, and the variables',
      );
    }
  },
};
