import { until } from '../ask/until.js';
import { defineCheck, type Context } from '../check.js';
import { newTraceId, probeService } from '../journey.js';
import { linesOf, withId } from '../loki.js';
import { sendProbe } from '../otlp.js';
import { failed, notThere, ok, type Outcome } from '../verdict.js';

async function run(context: Context): Promise<Outcome> {
  const probe = { traceId: newTraceId(), at: context.now() };
  const taken = await sendProbe(context, 'logs', probe);
  if (taken.how === 'absent') return notThere(taken.why);
  if (taken.how === 'refused')
    return failed(
      `the Collector refuses a log record: ${taken.why}`,
      'read its log: `obs-gen stack logs collector`; its memory limiter refuses with 503',
    );
  const [, byText = ''] = withId(probeService, 'trace_id', probe.traceId);
  const look = async (): Promise<true | undefined> =>
    (await linesOf(context, byText, probe.at)) > 0 ? true : undefined;
  const found = await until(context.wait, look, context.signal);
  if (found !== undefined) {
    const seconds = (context.now() - probe.at) / 1000;
    return ok(`a log record sent to the Collector is in Loki after ${seconds.toFixed(1)} s`);
  }
  return failed(
    `the Collector has taken a log record, and Loki has not got it after ${context.wait} s (${probe.traceId})`,
    "the half from the Collector to Loki is broken: read the Collector's log for its exporter, and Loki's; where there are tenants, both have to name the same",
  );
}

export const logProbeCheck = defineCheck({
  id: 'log.probe',
  question: 'Does a log record reach Loki from the Collector?',
  needs: ['collector', 'loki'],
  run,
});
