import { parseDuration } from '../../../promql/duration.js';
import { member, number, text } from '../ask/json.js';
import { defineCheck, type Context } from '../check.js';
import { mootWithoutPrometheus, prometheusData } from '../prometheus.js';
import { failed, ok, warning, type Outcome } from '../verdict.js';

/** Prometheus says `45d`, `6w3d` or `45d or 10GiB`. */
function secondsOf(retention: string): number | undefined {
  return parseDuration(retention.split(' or ', 1)[0]?.trim() ?? '');
}

async function run(context: Context): Promise<Outcome> {
  const info = await prometheusData(context, '/api/v1/status/runtimeinfo');
  const wanted = context.stack?.metrics.retention ?? context.model.target.prometheus.retention;
  const written = text(member(info, 'storageRetention'));
  if (member(info, 'reloadConfigSuccess') === false)
    return failed(
      'Prometheus could not load its configuration the last time, and goes on with the one before',
      'check it with `promtool check config`, and reload',
    );
  if ((number(member(info, 'corruptionCount')) ?? 0) > 0)
    return failed(
      `Prometheus has found damage in its write-ahead log ${text(member(info, 'corruptionCount')) || String(number(member(info, 'corruptionCount')))} times`,
      'look at the disk and at its log; what was damaged is lost, and it has gone on behind it',
    );
  const kept = secondsOf(written);
  if (wanted === undefined) return ok(`samples are kept for ${written}; the spec does not say how long`);
  if (kept === undefined)
    return warning(
      `Prometheus does not say how long it keeps samples (${written})`,
      `start it with --storage.tsdb.retention.time=${wanted.text}`,
    );
  if (kept < wanted.seconds)
    return failed(
      `samples are kept for ${written}, and the spec counts on ${wanted.text}: objectives look further back than there is data`,
      `start it with --storage.tsdb.retention.time=${wanted.text}`,
    );
  if (kept > wanted.seconds)
    return warning(
      `samples are kept for ${written}, longer than the ${wanted.text} of the spec`,
      'change `target.prometheus.retention`, or the flag: the disk is planned for the spec',
    );
  return ok(`samples are kept for ${written}, as the spec says`);
}

export const storageRetentionCheck = defineCheck({
  id: 'storage.retention',
  question: 'Does Prometheus keep samples as long as the spec says, and is its store sound?',
  needs: ['prometheus'],
  moot: mootWithoutPrometheus,
  run,
});
