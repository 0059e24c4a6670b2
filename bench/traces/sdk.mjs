// The SDK as services set it up, with an end that keeps what it is given for a moment and sends it nowhere: the same on all sides.
import process from 'node:process';
import { trace } from '@opentelemetry/api';
import { NodeSDK, node } from '@opentelemetry/sdk-node';

/** A processor that lets go of its spans by the hundred, as one does that exports them. */
export function sink() {
  let kept = [];
  return {
    ended: 0,
    onStart() {},
    onEnd(span) {
      this.ended += 1;
      if (kept.push(span) >= 400) kept = [];
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/** Starts the SDK by hand, as its documentation has it; returns a tracer. @param share of the traces that is kept */
export function startPeer(share, processor = sink()) {
  const root =
    share === 1
      ? new node.AlwaysOnSampler()
      : share === 0
        ? new node.AlwaysOffSampler()
        : new node.TraceIdRatioBasedSampler(share);
  new NodeSDK({
    sampler: new node.ParentBasedSampler({ root }),
    spanProcessors: [processor],
    metricReaders: [],
    logRecordProcessors: [],
    autoDetectResources: false,
  }).start();
  return trace.getTracer('peer');
}

/** Starts the telemetry of the helpers, which sets the same SDK up. */
export async function startOurs(telemetry, share, processor = sink(), options = {}) {
  process.env.OTEL_NODE_RESOURCE_DETECTORS = 'none';
  const { tracing } = await telemetry.start({
    ...options,
    settings: { sampling: share },
    sdk: { spanProcessors: [processor] },
  });
  if (tracing !== 'started') throw new Error(`tracing is ${tracing}`);
}
