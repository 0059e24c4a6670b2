/** Whether what waits outlives a store that is down, and the Collector. */
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { collectorPorts, startCollector, until } from './program.mjs';
import { jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf, specWith } from './specs.mjs';
import { newTraceId, sendTraces, span } from './traces.mjs';

const traces = (count) =>
  Array.from({ length: count }, () => [
    span(newTraceId(), { name: 'shop.order', attributes: { channel: 'web' } }),
  ]);

const missing = (sent, sink) => sent.filter(([{ traceId }]) => !sink.traceIds().has(traceId)).length;

export async function checkQueue({ path, folder }) {
  const ports = await collectorPorts();
  let sink = await openSink();
  const port = sink.port;
  const model = await modelOf(specWith('{}'));
  const directory = join(folder, 'queue-storage');
  const config = await configText('collector', model, 'native', { ports, traces: sink.traces, directory });
  const overlays = jsonOverlay('otlp_http/traces');
  const start = () => startCollector({ path, folder, name: 'queue', config, ports, overlays });
  let collector = await start();
  try {
    await sink.close();
    const first = traces(500);
    await sendTraces(ports.http, first);
    await wait(3000);
    sink = await openSink(port);
    await until(() => missing(first, sink) === 0, 90_000, 'what waited for the store has come');
    await sink.close();
    const second = traces(500);
    await sendTraces(ports.http, second);
    await wait(2000);
    await collector.stop('SIGKILL');
    sink = await openSink(port);
    collector = await start();
    await until(() => missing(second, sink) === 0, 90_000, 'what waited on disk has come');
    return {
      how: 'executed: the store is stopped, 500 traces are sent, it comes back; the same, and the Collector is killed (SIGKILL) and started again',
      ok: true,
      result: '500 of 500 traces after the restart of the store; 500 of 500 after the kill of the Collector',
    };
  } finally {
    await collector.stop();
    await sink.close();
  }
}
