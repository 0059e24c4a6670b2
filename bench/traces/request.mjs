// A request of an agent service: nine spans, 24 updates of metrics, ten log lines, every step awaited.
import { SpanStatusCode } from '@opentelemetry/api';
import pino from 'pino';
import { importHelpers } from '../metrics/helpers.mjs';
import { peerMetric, promClient } from '../metrics/peers.mjs';
import { durations, mask, texts } from '../metrics/random.mjs';
import { openValues, valuesOf } from '../metrics/spec.mjs';
import { mask as recordMask, records, traceIds } from '../logs/records.mjs';
import { measureTurns } from './loop.mjs';
import { sink, startOurs, startPeer } from './sdk.mjs';

const steps = 8;
const agents = texts(21, openValues('agent'));
const tools = texts(22, openValues('tool'));
const models = texts(23, openValues('model'));
const methods = texts(24, valuesOf('method'));
const statuses = texts(25, valuesOf('status'));
const seconds = durations(26);

const attributesOf = (i) => ({
  'agent.name': agents[i & mask],
  'tool.name': tools[i & mask],
  'gen_ai.request.model': models[i & mask],
  attempt: i & 7,
  cached: (i & 1) === 0,
});

/** Counts lines, and takes their characters into account so that they are put together at all. */
function lineCounter() {
  const counter = { lines: 0, characters: 0, write: undefined };
  counter.write = (line) => {
    counter.lines += 1;
    counter.characters += line.length;
  };
  return counter;
}

async function ours({ helpers }, share) {
  const { spans, metrics, logs, telemetry } = await importHelpers(helpers);
  const processor = sink();
  const output = lineCounter();
  await startOurs(telemetry, share, processor, { writeLog: output.write, aggregate: false });

  const step = (i) =>
    spans.benchCall(attributesOf(i), async () => {
      metrics.requestsTotal.inc({ method: methods[i & mask], status: statuses[i & mask] });
      metrics.latencySeconds.observe(
        { method: methods[i & mask], status: statuses[i & mask] },
        seconds[i & mask],
      );
      metrics.toolCallsTotal.inc({ model: models[i & mask], tool: tools[i & mask] });
      logs.toolFinished(records[i & recordMask]);
    });
  const request = (i) =>
    spans.benchCall(attributesOf(i), async () => {
      logs.serviceStopped();
      for (let at = 0; at < steps; at += 1) await step(i + at);
      logs.serviceStopped();
    });
  return measured(request, processor, output, share);
}

async function idiomatic(_, share) {
  const processor = sink();
  const output = lineCounter();
  const tracer = startPeer(share, processor);
  const counter = (name, labels) => peerMetric(promClient, { type: 'counter', name, labels });
  const requests = await counter('requests_total', ['method', 'status']);
  const latency = await peerMetric(promClient, {
    ...{ type: 'histogram', name: 'latency_seconds', labels: ['method', 'status'] },
  });
  const toolCalls = await counter('tool_calls_total', ['model', 'tool']);
  const log = pino(
    {
      base: { service: 'bench' },
      redact: { paths: ['user_email', 'auth_token'], censor: '[redacted]' },
      mixin: traceIds,
    },
    output,
  );

  const inSpan = (i, work) =>
    tracer.startActiveSpan('bench.call', { attributes: attributesOf(i) }, async (span) => {
      try {
        return await work();
      } catch (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        throw error;
      } finally {
        span.end();
      }
    });
  const step = (i) =>
    inSpan(i, async () => {
      requests.inc({ method: methods[i & mask], status: statuses[i & mask] });
      latency.observe({ method: methods[i & mask], status: statuses[i & mask] }, seconds[i & mask]);
      toolCalls.inc({ model: models[i & mask], tool: tools[i & mask] });
      log.info(records[i & recordMask], 'tool call finished');
    });
  const request = (i) =>
    inSpan(i, async () => {
      log.info('service stopped');
      for (let at = 0; at < steps; at += 1) await step(i + at);
      log.info('service stopped');
    });
  return measured(request, processor, output, share);
}

async function measured(request, processor, output, share) {
  let requests = 0;
  const { ns } = await measureTurns(async (turns) => {
    for (let i = 0; i < turns; i += 1) await request(requests + i);
    requests += turns;
  });
  if (output.lines !== requests * (steps + 2))
    throw new Error(`${requests} requests wrote ${output.lines} lines`);
  const kept = processor.ended / (requests * (steps + 1));
  if (Math.abs(kept - share) > (share === 1 || share === 0 ? 0 : 0.05))
    throw new Error(`${kept} of the spans were kept, not ${share}`);
  return { us: ns / 1000 };
}

const shares = [100, 10, 0];

export const cases = Object.fromEntries(
  shares.flatMap((percent) => [
    [`${percent}/ours`, (data) => ours(data, percent / 100)],
    [`${percent}/idiomatic`, (data) => idiomatic(data, percent / 100)],
  ]),
);
