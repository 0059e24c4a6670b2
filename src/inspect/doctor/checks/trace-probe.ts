import { defineCheck, type Context } from '../check.js';
import { newTraceId, probeService } from '../journey.js';
import { sendProbe } from '../otlp.js';
import { arrivedSpans, storeTitle, traceWait } from '../traces.js';
import { failed, notThere, ok, type Outcome } from '../verdict.js';

async function run(context: Context): Promise<Outcome> {
  const store = storeTitle(context);
  const probe = { traceId: newTraceId(), at: context.now() };
  const taken = await sendProbe(context, 'traces', probe);
  if (taken.how === 'absent') return notThere(taken.why);
  if (taken.how === 'refused')
    return failed(
      `the Collector refuses a span: ${taken.why}`,
      'read its log: `obs-gen stack logs collector`; its memory limiter refuses with 503',
    );
  const spans = await arrivedSpans(context, probe.traceId, (each) => each.length > 0);
  const seconds = (context.now() - probe.at) / 1000;
  if (spans.length === 0)
    return failed(
      `the Collector has taken a span, and ${store} has not got it after ${traceWait(context)} s (trace ${probe.traceId})`,
      `the half from the Collector to ${store} is broken: read the Collector's log for its exporter, and ${store}'s; tail sampling keeps traces whose state is obsgen=doctor`,
    );
  if (!spans.some(({ service }) => service === probeService))
    return failed(
      `the span is in ${store}, and its service.name is ${spans[0]?.service ?? ''}`,
      'take out what changes the attribute service.name in the processors of the Collector',
    );
  return ok(`a span sent to the Collector is in ${store} after ${seconds.toFixed(1)} s`);
}

export const traceProbeCheck = defineCheck({
  id: 'trace.probe',
  question: 'Does a span reach the trace store from the Collector?',
  needs: ['collector'],
  needsOneOf: ['tempo', 'jaeger'],
  run,
});
