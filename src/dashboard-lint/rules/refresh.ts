import { text } from '../json.js';
import { parseDuration } from '../../promql/duration.js';
import { exempt, fault, verdict, type Rule } from '../rule.js';

/** Where no spec says how often is scraped: the usual interval. */
const usualInterval = { seconds: 15, text: '15s' };

/** The page follows what happens, no faster than there is something new. */
export const refresh: Rule = {
  id: 'refresh',
  from: 'obs-gen',
  *check({ json }, { model, dashboard }) {
    const place = { path: 'refresh' };
    const every = text(json['refresh']) ?? '';
    const seconds = every === 'auto' ? Infinity : parseDuration(every);
    const scraped = model?.target.prometheus.scrapeInterval ?? usualInterval;
    if (seconds === undefined) {
      yield fault(place, 'the dashboard does not refresh itself', 'set `refresh: 30s`');
      return;
    }
    if (seconds < scraped.seconds && dashboard?.topic === undefined && dashboard?.refresh === every) {
      yield exempt(place, 'the author of the dashboard asked for it');
      return;
    }
    yield verdict(
      seconds >= scraped.seconds,
      place,
      model === undefined
        ? `the dashboard refreshes every ${every}, more often than most things are scraped`
        : `the dashboard refreshes every ${every}, and there are new samples every ${scraped.text}`,
      `set \`refresh\` to ${scraped.text} or more`,
    );
  },
};
