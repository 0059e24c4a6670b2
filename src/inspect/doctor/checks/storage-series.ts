import { usualShare } from '../../../plan/scale.js';
import { allSets } from '../../../plan/series/all.js';
import type { SeriesSource } from '../../../plan/series/series-set.js';
import { member, number } from '../ask/json.js';
import { defineCheck, type Context } from '../check.js';
import { mootWithoutPrometheus, ofService, prometheusData, query } from '../prometheus.js';
import { counted, failed, ok, warning, type Outcome } from '../verdict.js';

/** What stands on the page of the service itself. */
const onPage: ReadonlySet<SeriesSource> = new Set(['service', 'presets', 'runtime']);

async function run(context: Context): Promise<Outcome> {
  const [status, instances, page] = await Promise.all([
    prometheusData(context, '/api/v1/status/tsdb?limit=1'),
    query(context, `count(${ofService(context, 'up')})`),
    query(context, `max(${ofService(context, 'scrape_samples_post_metric_relabeling')})`),
  ]);
  const count = Math.max(1, instances[0]?.value ?? 1);
  const sets = allSets(context.model, { instances: count, regions: 1, share: usualShare });
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  const worstPage = sum(
    sets.filter(({ source }) => onPage.has(source)).map(({ ofInstance }) => ofInstance?.worst ?? 0),
  );
  const worst = sum(sets.map((set) => set.worst));
  const largest = page[0]?.value ?? 0;
  const head = number(member(status, 'headStats', 'numSeries'));
  const todo =
    'look for metrics that the spec does not know: a second registry, a library; `obs-gen plan` names what is expected';
  if (largest > worstPage)
    return failed(
      `a page of the service has ${largest} series, more than the ${worstPage} of the plan at worst`,
      todo,
    );
  const seen = `a page of the service has up to ${largest} series, and ${worstPage} at worst`;
  if (head === undefined) return ok(seen);
  const whole = `Prometheus has ${head} in its head, and ${worst} at worst with ${counted(count, 'instance')}`;
  if (head > worst)
    return warning(
      `${seen}; ${whole}`,
      'others send it series too, or instances come and go: those that are gone stay in the head for hours',
    );
  return ok(`${seen}; ${whole}`);
}

export const storageSeriesCheck = defineCheck({
  id: 'storage.series',
  question: 'Are there no more series than the plan has at worst?',
  needs: ['service', 'prometheus'],
  moot: mootWithoutPrometheus,
  run,
});
