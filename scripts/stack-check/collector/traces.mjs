/* global fetch */
/** Traces that a check sends, as OTLP/HTTP with JSON. */
import { randomBytes } from 'node:crypto';

const attributesOf = (values) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'number'
        ? { intValue: String(value) }
        : Array.isArray(value)
          ? { arrayValue: { values: value.map((item) => ({ stringValue: item })) } }
          : { stringValue: String(value) },
  }));

export const newTraceId = () => randomBytes(16).toString('hex');

/** A span; `seconds` before now it began, unless a start is given. */
export function span(
  traceId,
  { name, parent, seconds = 0.01, attributes = {}, error, state, message, events = [] },
) {
  const end = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
    ...(state === undefined ? {} : { traceState: state }),
    name,
    kind: 1,
    startTimeUnixNano: String(end - BigInt(Math.round(seconds * 1e9))),
    endTimeUnixNano: String(end),
    attributes: attributesOf(attributes),
    events: events.map((event) => ({
      timeUnixNano: String(end),
      name: event.name,
      attributes: attributesOf(event.attributes),
    })),
    status: error === true ? { code: 2, message: message ?? 'failed' } : {},
  };
}

/** Sends spans; throws where they are refused. */
export async function sendSpans(port, spans, { service = 'shop', url, headers = {} } = {}) {
  const response = await fetch(`${url ?? `http://127.0.0.1:${port}`}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: attributesOf({ 'service.name': service }) },
          scopeSpans: [{ scope: { name: 'stack-check' }, spans }],
        },
      ],
    }),
  });
  if (!response.ok) throw new Error(`spans were refused: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

/** Sends the spans of many traces in requests of a size. */
export async function sendTraces(port, traces, size = 500) {
  const spans = traces.flat();
  for (let from = 0; from < spans.length; from += size) await sendSpans(port, spans.slice(from, from + size));
}

/** The sum of a metric over its rows on a page, those of `matching` alone. */
export async function sumOf(port, metric, matching = '') {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  let sum = 0;
  for (const line of page.split('\n')) {
    if (!line.startsWith(`${metric}{`) || !line.includes(matching)) continue;
    sum += Number(/\} (\S+)/.exec(line)?.[1] ?? 0);
  }
  return sum;
}

/** How many rows of a metric have an exemplar with a trace id. */
export async function exemplarsOf(port, metric) {
  const headers = { accept: 'application/openmetrics-text; version=1.0.0' };
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
  return page
    .split('\n')
    .filter((line) => line.startsWith(metric) && /# \{.*trace_id="[0-9a-f]{32}"/.test(line)).length;
}

/** Sends a gauge of one value. */
export async function sendGauge(port, name, value) {
  const dataPoints = [{ timeUnixNano: String(BigInt(Date.now()) * 1_000_000n), asDouble: value }];
  const response = await fetch(`http://127.0.0.1:${port}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceMetrics: [
        {
          resource: { attributes: attributesOf({ 'service.name': 'shop' }) },
          scopeMetrics: [{ scope: { name: 'stack-check' }, metrics: [{ name, gauge: { dataPoints } }] }],
        },
      ],
    }),
  });
  if (!response.ok) throw new Error(`a metric was refused: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}
