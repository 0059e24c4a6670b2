import { until } from '../ask/until.js';
import { defineCheck, type Context } from '../check.js';
import { newTraceId } from '../journey.js';
import { probeMetric, sendProbe } from '../otlp.js';
import { query } from '../prometheus.js';
import { failed, notThere, ok, type Outcome } from '../verdict.js';

/** Seconds that a value may lose on its way through floating point. */
const precision = 1;

async function run(context: Context): Promise<Outcome> {
  const probe = { traceId: newTraceId(), at: context.now() };
  const taken = await sendProbe(context, 'metrics', probe);
  if (taken.how === 'absent') return notThere(`${taken.why}: Prometheus scrapes the service itself`);
  if (taken.how === 'refused')
    return failed(
      `the Collector refuses a metric: ${taken.why}`,
      'read its log: `obs-gen stack logs collector`; its memory limiter refuses with 503',
    );
  // It is scraped like the span metrics.
  const wait = context.wait + context.model.target.prometheus.scrapeInterval.seconds;
  const found = await until(
    wait,
    async () => {
      const rows = await query(context, `max({__name__=~"(.+_)?${probeMetric}(_.+)?"})`);
      const value = rows[0]?.value ?? 0;
      return value >= probe.at / 1000 - precision ? value : undefined;
    },
    context.signal,
  );
  if (found !== undefined)
    return ok(
      `a metric sent to the Collector is in Prometheus after ${((context.now() - probe.at) / 1000).toFixed(1)} s`,
    );
  return failed(
    `the Collector has taken a metric, and Prometheus has not got it after ${wait} s`,
    'the half from the Collector to Prometheus is broken: look at the target of its span metrics in `scrape.targets`, and at the exporters of its pipeline for metrics',
  );
}

export const metricProbeCheck = defineCheck({
  id: 'metric.probe',
  question: 'Does a metric reach Prometheus from the Collector?',
  needs: ['collector', 'prometheus'],
  run,
});
