import { texts } from '../ask/json.js';
import { defineCheck, type Context } from '../check.js';
import { mootWithoutPrometheus, prometheusData } from '../prometheus.js';
import { failed, ok, type Outcome } from '../verdict.js';

/** Flags that let whoever can reach Prometheus change something. They are read and not tried out. */
const dangerous: ReadonlyMap<string, string> = new Map([
  ['web.enable-admin-api', 'deletes series'],
  ['web.enable-lifecycle', 'reloads and ends it'],
  ['web.enable-remote-write-receiver', 'takes samples of anybody'],
]);

async function run(context: Context): Promise<Outcome> {
  const flags = texts(await prometheusData(context, '/api/v1/status/flags'));
  const on = [...dangerous].filter(([flag]) => flags.get(flag) === 'true');
  if (on.length === 0) return ok('admin API, lifecycle API and remote-write receiver are off');
  return failed(
    `whoever can reach Prometheus can do more than read: ${on.map(([flag]) => `--${flag}`).join(', ')}`,
    'leave these flags out; reload with SIGHUP',
    on.map(([flag, what]) => `--${flag} ${what}`),
  );
}

export const accessPrometheusCheck = defineCheck({
  id: 'access.prometheus',
  question: "Are Prometheus's admin and lifecycle APIs off?",
  needs: ['prometheus'],
  moot: mootWithoutPrometheus,
  run,
});
