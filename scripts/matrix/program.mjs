/** The value that a label is given everywhere: of a closed label its first. */
const valueOf = ({ bound }) => (bound.kind === 'closed' ? bound.values[0] : 'one');

const clamp = (value, range) => (range === undefined ? value : Math.min(Math.max(value, range[0]), range[1]));

const text = JSON.stringify;

/** What the runtime measures by itself. */
const isOfProcess = ({ name }) => /^(?:process|nodejs)_/.test(name);

const byType = {
  string: "'a text'",
  ip: "'192.0.2.1'",
  int: '1',
  double: '0.5',
  boolean: 'true',
  json: '{}',
  'string[]': "['a']",
  'int[]': '[1]',
  'double[]': '[0.5]',
  'boolean[]': '[true]',
};

const object = (entries) => `{ ${entries.map(([name, value]) => `${text(name)}: ${value}`).join(', ')} }`;
const labelsOf = (labels) => object(labels.map((label) => [label.wire, text(valueOf(label))]));

/** One record of a metric: the call, and the sample that has to be on the page for it. */
function recorded(metric, names) {
  const { name, type, labels, buckets, range } = metric;
  const helper = `metrics.${names.metric(metric)}`;
  const before = labels.length === 0 ? '' : `${labelsOf(labels)}, `;
  const expected = { labels: Object.fromEntries(labels.map((label) => [label.wire, valueOf(label)])) };
  if (type === 'counter') {
    const bound = labels.length === 0 ? helper : `${helper}.with(${labelsOf(labels)})`;
    return { calls: [`${helper}.inc(${before}3)`, `${bound}.inc()`], ...expected, name, value: 4 };
  }
  if (type === 'gauge') {
    const value = clamp(1, range);
    return { calls: [`${helper}.set(${before}${value})`], ...expected, name, value };
  }
  const value = clamp(buckets[0] ?? 1, range);
  return { calls: [`${helper}.observe(${before}${value})`], ...expected, name: `${name}_sum`, value };
}

/**
 * A program in TypeScript that uses every helper of a spec once: metrics, then a look at the page, then spans and log events. It writes what
 * it saw to the file that RESULT names.
 * @param client the package whose registry shows the metrics
 */
export function programOf(model, names, client) {
  const metrics = [...model.metrics.values()].filter((metric) => !isOfProcess(metric));
  const records = metrics.map((metric) => recorded(metric, names));
  const registered = [...model.labels.values()].filter(
    ({ bound, key }) => bound.kind === 'registered' && !key.startsWith('node.'),
  );
  const spans = [...model.spans.values()].map((span) => ({
    name: span.name,
    call: `await spans.${names.span(span)}(${object(
      span.attributes.map(({ name, label, type }) => [
        name,
        label === undefined ? byType[type] : text(valueOf(label)),
      ]),
    )}, async () => 1)`,
    counts: span.record.count?.name,
    ok: span.outcome === undefined ? undefined : [span.outcome.label.wire, span.outcome.ok],
  }));
  const events = [...model.logs.events.values()].map((event) => {
    const fields = event.fields.map(({ name, type }) => [name, byType[type]]);
    return {
      name: event.name,
      call: `logs.${names.event(event)}(${fields.length === 0 ? '' : object(fields)})`,
    };
  });
  const source = `
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { register } from '${client}';
import { labels, logs, metrics, spans, telemetry } from './generated/index.js';

async function scraped(accept: string): Promise<{ type: string | null; text: string }> {
  const server = createServer(telemetry.metricsHandler());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(\`http://127.0.0.1:\${port}/metrics\`, { headers: { accept } });
  const text = await response.text();
  server.close();
  return { type: response.headers.get('content-type'), text };
}

async function main(): Promise<void> {
  const started = await telemetry.start({ registry: register });
${registered.map((label) => `  labels.${names.label(label)}.register(['one']);`).join('\n')}
${records.flatMap(({ calls }) => calls.map((call) => `  ${call};`)).join('\n')}
  const page = await register.metrics();
  const text = await scraped('text/plain; version=0.0.4');
  const openMetrics = await scraped('application/openmetrics-text; version=1.0.0');
${spans.map(({ call }) => `  ${call};`).join('\n')}
${events.map(({ call }) => `  ${call};`).join('\n')}
  const after = await register.metrics();
  const ended = await telemetry.shutdown();
  const result = { started: started.tracing, page, text, openMetrics, after, complete: ended.complete, lost: ended.lost };
  writeFileSync(process.env['RESULT'] ?? '', JSON.stringify({ ...result, notes: telemetry.stats().notes }));
}

void main();
`;
  return {
    source,
    expected: records.map(({ name, labels, value }) => ({ name, labels, value })),
    spans: spans.map(({ name, counts, ok }) => ({ name, counts, ok })),
    events: events.map(({ name }) => name),
  };
}
