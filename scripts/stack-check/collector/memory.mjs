/* global fetch */
/** What a span costs the Collector while its trace is waited for. */
import { collectorPorts, startCollector } from './program.mjs';
import { jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf, specWith } from './specs.mjs';
import { newTraceId, sendTraces, span } from './traces.mjs';

const count = 4000;
const spansOfTrace = 20;

/** Attributes as a model call has them. */
const attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'a-model-of-some-name',
  'gen_ai.agent.name': 'researcher',
  'gen_ai.provider.name': 'openai',
  'gen_ai.conversation.id': '0af7651916cd43dd8448eb211c80319c',
  'gen_ai.usage.input_tokens': 1234,
  'gen_ai.usage.output_tokens': 321,
  'gen_ai.response.model': 'a-model-of-some-name-2026-01-01',
  'correlation.id': 'b7ad6b71692033310af7651916cd43dd',
  'server.address': 'api.example.com',
};

/** Bytes of live heap after a collection, as the program tells of itself. */
async function heap(port) {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^otelcol_process_runtime_heap_alloc_bytes(?:\{[^}]*\})? (\S+)/m.exec(page)?.[1]);
}

export async function checkMemory({ path, folder }) {
  const ports = await collectorPorts();
  const sink = await openSink();
  const model = await modelOf(
    specWith(
      'collector: { memory: 2GiB }\nsampling: { tail: { rest: 0.1, slowerThan: 300s, tracesPerSecond: 100 } }',
    ),
  );
  const config = await configText('collector', model, 'native', { ports, traces: sink.traces });
  const overlays = jsonOverlay('otlp_http/traces');
  // With the collector of garbage always at work, what is allocated is what is held.
  const env = { GOGC: '5' };
  const collector = await startCollector({ path, folder, name: 'memory', config, ports, overlays, env });
  try {
    const before = await heap(ports.own);
    for (let sent = 0; sent < count; sent += 500) {
      const traces = Array.from({ length: 500 }, () => {
        const traceId = newTraceId();
        return Array.from({ length: spansOfTrace }, () =>
          span(traceId, { name: 'agent.model_call', attributes }),
        );
      });
      await sendTraces(ports.http, traces, 1000);
    }
    const after = await heap(ports.own);
    const bytes = (after - before) / (count * spansOfTrace);
    return {
      how: `executed: ${count} traces of ${spansOfTrace} spans with 10 attributes, all waited for at the same time`,
      ok: bytes > 100 && bytes < 4096,
      result: `${Math.round(bytes)} bytes of heap a span`,
    };
  } finally {
    await collector.stop('SIGKILL');
    await sink.close();
  }
}
