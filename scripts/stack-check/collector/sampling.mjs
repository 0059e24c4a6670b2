/** Which traces the pipeline keeps, and what it counts before it decides. */
import { setTimeout as wait } from 'node:timers/promises';
import { collectorPorts, startCollector, until } from './program.mjs';
import { jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf, specWith } from './specs.mjs';
import { exemplarsOf, newTraceId, sendGauge, sendSpans, sendTraces, span, sumOf } from './traces.mjs';

const rest = 0.1;
const decisionSeconds = 5;
const sampled = specWith(
  `sampling: { tail: { keepErrors: true, slowerThan: 2s, keepRuns: [planner], rest: ${rest}, wait: ${decisionSeconds}s, tracesPerSecond: 3000 } }`,
);

/** How many traces of each kind are sent. */
const counts = { error: 300, slow: 300, planner: 300, rest: 6000, probe: 1 };

/** A trace of three spans; what makes it one to keep stands on a child. */
function traceOf(kind) {
  const traceId = newTraceId();
  const root = span(traceId, {
    name: 'agent.run',
    seconds: kind === 'slow' ? 2.5 : 0.2,
    attributes: { 'gen_ai.agent.name': kind === 'planner' ? 'planner' : 'writer' },
    ...(kind === 'probe' ? { state: 'obsgen=doctor' } : {}),
  });
  const child = span(traceId, { name: 'agent.model_call', parent: root });
  const last = span(traceId, {
    name: 'shop.order',
    parent: root,
    error: kind === 'error',
    attributes: { channel: 'web' },
  });
  return [root, child, last];
}

/** What came of the traces of each kind. */
function tally(sent, ids) {
  return Object.fromEntries(
    Object.entries(sent).map(([kind, traces]) => [
      kind,
      traces.filter(([{ traceId }]) => ids.has(traceId)).length,
    ]),
  );
}

export async function checkSampling({ path, folder }) {
  const ports = await collectorPorts();
  const sink = await openSink();
  const model = await modelOf(sampled);
  const config = await configText('collector', model, 'native', { ports, traces: sink.traces });
  const overlays = [
    ...jsonOverlay('otlp_http/traces'),
    'connectors::span_metrics::metrics_flush_interval: 1s',
  ];
  const collector = await startCollector({ path, folder, name: 'sampling', config, ports, overlays });
  try {
    const sent = Object.fromEntries(
      Object.entries(counts).map(([kind, count]) => [
        kind,
        Array.from({ length: count }, () => traceOf(kind)),
      ]),
    );
    const all = Object.values(sent).flat();
    const spans = all.flat().length;
    const began = Date.now();
    await sendTraces(ports.http, all);
    const sending = (Date.now() - began) / 1000;
    const calls = 'traces_span_metrics_calls_total';
    let counted = 0;
    let exemplars = 0;
    await until(
      async () => {
        // They stand on the page until the next spans are counted, here a second later.
        const now = await exemplarsOf(ports.spanMetrics, 'traces_span_metrics_duration_seconds_bucket');
        exemplars = Math.max(exemplars, now);
        return (counted = await sumOf(ports.spanMetrics, calls)) >= spans && exemplars > 0;
      },
      30_000,
      `${spans} spans are counted (${counted}), with exemplars (${exemplars})`,
    );
    const undecided = sink.traceIds().size;
    await sendGauge(ports.http, 'probe.value', 42);
    await until(
      async () => (await sumOf(ports.spanMetrics, 'probe_value')) === 42,
      20_000,
      'a metric that came over OTLP is on the page',
    );
    const atLeast = counts.error + counts.slow + counts.planner + counts.probe;
    await until(() => sink.traceIds().size >= atLeast, 60_000, 'the traces that are always kept have come');
    await wait((decisionSeconds + 4) * 1000);
    const kept = tally(sent, sink.traceIds());
    // What comes after the decision goes where its trace went.
    const ids = sink.traceIds();
    const [inside] = sent.rest.find(([{ traceId }]) => ids.has(traceId));
    const [outside] = sent.rest.find(([{ traceId }]) => !ids.has(traceId));
    const late = [inside, outside].map((root) =>
      span(root.traceId, { name: 'late', parent: root, error: true }),
    );
    await sendSpans(ports.http, late);
    await until(
      () => sink.state.spans.some(({ spanId }) => spanId === late[0].spanId),
      20_000,
      'a late span has come',
    );
    await wait((decisionSeconds + 3) * 1000);
    const isLeftOut = !sink.traceIds().has(outside.traceId);
    const whole = all.filter(([{ traceId }]) => sink.traceIds().has(traceId));
    const spansOfKept = whole
      .flat()
      .filter(({ spanId }) => sink.state.spans.some((got) => got.spanId === spanId)).length;
    const errors = await sumOf(ports.spanMetrics, calls, 'status_code="STATUS_CODE_ERROR"');
    const sigma = Math.sqrt(counts.rest * rest * (1 - rest));
    const deviation = Math.abs(kept.rest - counts.rest * rest) / sigma;
    const ok =
      kept.error === counts.error &&
      kept.slow === counts.slow &&
      kept.planner === counts.planner &&
      kept.probe === 1 &&
      deviation <= 3 &&
      counted === spans &&
      isLeftOut &&
      exemplars > 0 &&
      spansOfKept === whole.length * 3;
    return {
      how: `executed: ${all.length} traces of ${spans} spans over OTLP/HTTP, sent in ${sending.toFixed(1)} s`,
      ok,
      result:
        `kept: errors ${kept.error}/${counts.error}, slow ${kept.slow}/${counts.slow}, named agent ${kept.planner}/${counts.planner}, ` +
        `probe ${kept.probe}/1, rest ${kept.rest}/${counts.rest} (${((100 * kept.rest) / counts.rest).toFixed(2)} %, ${deviation.toFixed(2)} sigma from ${100 * rest} %); ` +
        `every kept trace whole (${spansOfKept} spans); ${undecided} before the decision; late spans follow it: ${isLeftOut ? 'yes' : 'no'}; ` +
        `span metrics counted ${counted} of ${spans}, ${errors} errors, with ${exemplars} exemplars; a metric sent over OTLP is on the same page`,
    };
  } finally {
    await collector.stop();
    await sink.close();
  }
}
