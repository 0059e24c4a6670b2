/** The example agent, whose spans go through the pipeline that its own spec is compiled to. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { collectorPorts, startCollector, until } from './program.mjs';
import { attribute, jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf } from './specs.mjs';
import { sumOf } from './traces.mjs';

const root = join(import.meta.dirname, '../../..');
const program = join(root, 'examples/agent/dist/examples/agent/start.js');

/** The reference spec, with a tail sampler that keeps errors and one agent, and nothing else. */
function spec() {
  const text = readFileSync(join(root, 'observability.yaml'), 'utf8');
  // Files that the spec names lie beside it, and it is read as a text here.
  return `${text.replace(/^stack:[^]*?(?=^# -)/m, '')}
stack:
  sampling: { tail: { keepErrors: true, keepRuns: [researcher], rest: 0, wait: 30s } }
`;
}

function runAgent(endpoint) {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`the example ended with ${code}: ${text.slice(-2000)}`));
    });
  });
}

export async function checkAgent({ path, folder }) {
  if (!existsSync(program)) throw new Error('the example is not compiled: npm start does it');
  const model = await modelOf(spec());
  const ports = await collectorPorts();
  const sink = await openSink();
  const all = await openSink();
  const config = await configText('collector', model, 'native', { ports, traces: sink.traces });
  // A second exporter, in front of the sampling, tells the check what there was to choose from.
  const overlays = [
    ...jsonOverlay('otlp_http/traces'),
    'connectors::span_metrics::metrics_flush_interval: 1s',
    `exporters::otlp_http/all::endpoint: ${all.traces}`,
    'exporters::otlp_http/all::encoding: json',
    'service::pipelines::traces/received::exporters: [span_metrics, forward, otlp_http/all]',
  ];
  const collector = await startCollector({ path, folder, name: 'agent', config, ports, overlays });
  try {
    await runAgent(`http://127.0.0.1:${ports.http}`);
    const wanted = (spans) =>
      new Set(
        spans
          .filter((each) => each.status?.code === 2 || attribute(each, 'gen_ai.agent.name') === 'researcher')
          .map(({ traceId }) => traceId),
      );
    await until(() => all.state.spans.length > 0, 20_000, "the example's spans have come");
    const counted = () => sumOf(ports.spanMetrics, 'traces_span_metrics_calls_total');
    await until(async () => (await counted()) >= all.state.spans.length, 20_000, 'the spans are counted');
    await until(
      () => wanted(all.state.spans).size <= sink.traceIds().size,
      // They are decided 30 s after they have begun.
      60_000,
      'the wanted traces have come',
    );
    const keep = wanted(all.state.spans);
    const kept = sink.traceIds();
    const lost = [...keep].filter((id) => !kept.has(id)).length;
    const extra = [...kept].filter((id) => !keep.has(id)).length;
    const runs = all.state.spans.filter(({ name }) => name === 'agent.run').length;
    const spans = all.state.spans.length;
    const count = await counted();
    return {
      how: 'executed: examples/agent with OTEL_EXPORTER_OTLP_ENDPOINT, 24 tasks',
      ok: runs > 0 && lost === 0 && extra === 0 && keep.size > 0 && count === spans,
      result:
        `${spans} spans of ${all.traceIds().size} traces, ${runs} agent runs; with an error or of the named agent: ${keep.size}, ` +
        `kept ${kept.size}, lost ${lost}, beside them ${extra}; span metrics counted ${count} spans`,
    };
  } finally {
    await collector.stop();
    await sink.close();
    await all.close();
  }
}
