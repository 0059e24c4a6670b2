import { diagnostic } from '../../diagnostics/create.js';
import { parseDuration } from '../../promql/duration.js';
import type { Rule } from './rule.js';

/** OBS3516: a dashboard does not ask more often than there is something new. */
export const dashboardRefresh: Rule = function* ({ model }) {
  const { scrapeInterval } = model.target.prometheus;
  for (const { refresh, name, origin, repaired } of model.dashboards.values()) {
    const seconds = refresh === undefined || repaired.has('refresh') ? undefined : parseDuration(refresh);
    if (seconds === undefined || seconds >= scrapeInterval.seconds) continue;
    yield diagnostic('OBS3516', {
      message: `\`${name}\` asks every ${refresh ?? ''}, and there are new samples every ${scrapeInterval.text}`,
      range: origin.of('refresh'),
      help: `say \`refresh: ${scrapeInterval.text}\` or more, or scrape more often`,
    });
  }
};
