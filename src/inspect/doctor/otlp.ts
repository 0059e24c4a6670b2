import { excerpt } from './ask/client.js';
import { member, number, text } from './ask/json.js';
import type { Context } from './check.js';
import { newSpanId, probeService, traceState } from './journey.js';

/** The signals of OTLP, by the paths that they are sent to: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export type Signal = 'traces' | 'logs' | 'metrics';

/** The metric of a probe; the exporters of Prometheus leave such a name as it is. */
export const probeMetric = 'obs_gen_doctor_probe';

/** The name of the span of a probe. */
export const probeSpan = 'obs-gen.doctor.probe';

/** What was sent, by which it is found again. */
export interface Probe {
  readonly traceId: string;
  /** Milliseconds since 1970 on this machine. */
  readonly at: number;
}

const attribute = (key: string, value: string): object => ({ key, value: { stringValue: value } });
const resource = { attributes: [attribute('service.name', probeService)] };
const scope = { name: probeService };

/** Nanoseconds, as a text: they do not fit into a number of JSON. */
const nanoseconds = (milliseconds: number): string => `${Math.round(milliseconds)}000000`;

/** The body of an export in the JSON encoding, in which ids are hexadecimal. */
export function probeBody(signal: Signal, { traceId, at }: Probe): object {
  switch (signal) {
    case 'traces': {
      const span = {
        traceId,
        spanId: newSpanId(),
        traceState,
        // The sampled flag of W3C Trace Context.
        flags: 1,
        name: probeSpan,
        kind: 1,
        startTimeUnixNano: nanoseconds(at - 1),
        endTimeUnixNano: nanoseconds(at),
        status: {},
      };
      return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span] }] }] };
    }
    case 'logs': {
      const record = {
        timeUnixNano: nanoseconds(at),
        observedTimeUnixNano: nanoseconds(at),
        severityNumber: 9,
        severityText: 'info',
        body: { stringValue: `obs-gen doctor was here: ${traceId}` },
        attributes: [],
        traceId,
        spanId: newSpanId(),
      };
      return { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: [record] }] }] };
    }
    case 'metrics': {
      const point = { timeUnixNano: nanoseconds(at), asDouble: at / 1000, attributes: [] };
      const metric = {
        name: probeMetric,
        description: 'When the doctor was here',
        gauge: { dataPoints: [point] },
      };
      return { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics: [metric] }] }] };
    }
  }
}

/** What the Collector said to a probe. `absent`: it takes no signal of this kind. */
export interface Taken {
  readonly how: 'taken' | 'absent' | 'refused';
  readonly why: string;
}

/**
 * Sends a probe straight to the Collector.
 * @throws NoAnswer
 */
export async function sendProbe(context: Context, signal: Signal, probe: Probe): Promise<Taken> {
  const path = `/v1/${signal}`;
  const answer = await context.ask('collector', path, { method: 'POST', body: probeBody(signal, probe) });
  const { status, body } = answer;
  if (status === 404) return { how: 'absent', why: `the Collector has no ${path}` };
  if (status < 200 || status >= 300) return { how: 'refused', why: `${status}: ${excerpt(body)}` };
  return partial(body);
}

/** 200 with `partialSuccess` says that some of it was thrown away: with one record, all. */
function partial(body: Buffer): Taken {
  let said: unknown;
  try {
    said = JSON.parse(body.toString('utf8'));
  } catch {
    return { how: 'taken', why: '' };
  }
  const rejected = ['rejectedSpans', 'rejectedLogRecords', 'rejectedDataPoints']
    .map((name) => number(member(said, 'partialSuccess', name)) ?? 0)
    .reduce((sum, each) => sum + each, 0);
  if (rejected === 0) return { how: 'taken', why: '' };
  const message = text(member(said, 'partialSuccess', 'errorMessage'));
  return { how: 'refused', why: message === '' ? 'it rejects the record' : message };
}
