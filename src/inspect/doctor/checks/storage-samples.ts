import { defineCheck, type Context } from '../check.js';
import { mootWithoutPrometheus, query } from '../prometheus.js';
import { failed, notThere, ok, type Outcome } from '../verdict.js';

/** What Prometheus counts of its own losses, and what each means. */
const losses: ReadonlyMap<string, string> = new Map([
  ['prometheus_tsdb_wal_corruptions_total', 'damage in the write-ahead log'],
  ['prometheus_tsdb_wal_writes_failed_total', 'samples that could not be written'],
  ['prometheus_tsdb_compactions_failed_total', 'blocks that could not be made'],
  ['prometheus_target_scrapes_sample_out_of_order_total', 'samples older than the last one'],
  ['prometheus_target_scrapes_sample_duplicate_timestamp_total', 'two values for one moment'],
  ['prometheus_target_scrapes_sample_out_of_bounds_total', 'samples too old or too new'],
  ['prometheus_target_scrapes_exceeded_sample_limit_total', 'pages over the limit of samples'],
  ['prometheus_rule_group_iterations_missed_total', 'evaluations that were left out'],
]);

async function run(context: Context): Promise<Outcome> {
  const [there, ...found] = await Promise.all([
    query(context, 'count(prometheus_tsdb_head_series)'),
    ...[...losses].map(async ([metric, meaning]) => {
      const [lost] = await query(context, `sum(increase(${metric}[15m]))`);
      return { metric, meaning, lost: lost?.value };
    }),
  ]);
  if (there.length === 0) return notThere('Prometheus does not scrape itself');
  const bad = found.filter(({ lost = 0 }) => lost > 0);
  if (bad.length === 0) return ok('nothing lost in the last 15 min');
  return failed(
    'Prometheus has lost something in the last 15 min',
    'two targets with the same labels, a clock that jumps, a full disk or a busy machine: read its log',
    bad.map(({ metric, meaning, lost = 0 }) => `${meaning}: ${Math.round(lost)} (${metric})`),
  );
}

export const storageSamplesCheck = defineCheck({
  id: 'storage.samples',
  question: 'Does Prometheus lose samples or evaluations?',
  needs: ['prometheus'],
  moot: mootWithoutPrometheus,
  run,
});
