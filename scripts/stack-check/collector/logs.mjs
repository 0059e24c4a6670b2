/** Whether log files arrive, as what the runtime means by their lines, and once. */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { collectorPorts, startCollector, until } from './program.mjs';
import { attribute, jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf, specWith } from './specs.mjs';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

/** A line as the runtime writes it. */
const line = (number, more = {}) =>
  `${JSON.stringify({
    time: '2026-03-01T12:00:00.123Z',
    level: 'warn',
    service: 'shop',
    event: 'order.refused',
    category: 'orders',
    message: `order ${number} refused`,
    trace_id: traceId,
    span_id: spanId,
    correlation_id: 'c-1',
    amount: 12,
    ...more,
  })}\n`;

/** The lines of a container, as Docker writes them. */
const enveloped = (text) =>
  `${JSON.stringify({ log: text, stream: 'stdout', time: '2026-03-01T12:00:01.5Z' })}\n`;

function faultsOf(record) {
  const wanted = {
    body: 'order 1 refused',
    traceId,
    spanId,
    severityNumber: 13,
    timeUnixNano: String(Date.parse('2026-03-01T12:00:00.123Z') * 1e6),
    eventName: 'order.refused',
  };
  const got = { ...record, body: record.body?.stringValue };
  const faults = Object.keys(wanted).filter((key) => String(got[key]) !== String(wanted[key]));
  const attributes = {
    event: 'order.refused',
    level: 'warn',
    category: 'orders',
    correlation_id: 'c-1',
    amount: '12',
  };
  for (const [key, value] of Object.entries(attributes))
    if (String(attribute(record, key)) !== value) faults.push(key);
  for (const key of ['time', 'message', 'trace_id', 'service'])
    if (attribute(record, key) !== undefined) faults.push(`${key} twice`);
  if (attribute(record.resource, 'service.name') !== 'shop') faults.push('service.name');
  return faults;
}

export async function checkLogs({ path, folder }) {
  const logs = join(folder, 'logs');
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  const file = join(logs, 'shop.log');
  writeFileSync(file, line(1) + line(2, { token: 'not-for-anybody', message: 'password=hunter2hunter2' }));
  appendFileSync(file, 'a line that is no JSON\n');
  const sink = await openSink();
  const directory = join(folder, 'log-storage');
  const model = await modelOf(
    specWith(`collector: { logFiles: ['${logs}/*.log'] }\naccess: { tenant: shop }`),
  );
  const ports = await collectorPorts();
  const options = { ports, logs: sink.logs, traces: sink.traces, directory };
  const overlays = jsonOverlay('otlp_http/logs', 'otlp_http/traces');
  const start = async (name, config) => startCollector({ path, folder, name, config, ports, overlays });
  const config = await configText('collector', model, 'native', options);
  let collector = await start('logs', config);
  try {
    await until(() => sink.state.records.length >= 3, 30_000, 'three lines have come');
    await collector.stop();
    appendFileSync(file, line(3) + line(4));
    collector = await start('logs', config);
    await until(() => sink.state.records.length >= 5, 30_000, 'the lines written meanwhile have come');
    await wait(2000);
    const records = [...sink.state.records];
    const bodies = records.map(({ body }) => body?.stringValue);
    const faults = faultsOf(records.find(({ body }) => body?.stringValue === 'order 1 refused') ?? {});
    const isOnce = records.length === 5 && new Set(bodies).size === 5;
    const text = sink.state.texts.join('\n');
    const isHidden = !text.includes('hunter2hunter2') && !text.includes('not-for-anybody');
    const isTenant = sink.state.headers.every((headers) => headers['x-scope-orgid'] === 'shop');
    await collector.stop();
    // The same lines as Docker keeps them, with the configuration of the compose file.
    const containers = join(folder, 'containers');
    rmSync(containers, { recursive: true, force: true });
    mkdirSync(containers, { recursive: true });
    writeFileSync(join(containers, 'x-json.log'), enveloped(line(1)) + enveloped('plain\n'));
    sink.state.records.length = 0;
    const compose = await configText('collector', await modelOf(specWith('{}')), 'compose', {
      directory: join(folder, 'container-storage'),
      ports,
    });
    const over = [
      ...overlays,
      `exporters::otlp_http/logs::endpoint: ${sink.logs}`,
      `exporters::otlp_http/traces::endpoint: ${sink.traces}`,
      `receivers::file_log::include: ['${containers}/*-json.log']`,
      'receivers::otlp::protocols::grpc::endpoint: 127.0.0.1:' + ports.grpc,
      'receivers::otlp::protocols::http::endpoint: 127.0.0.1:' + ports.http,
      'extensions::health_check::endpoint: 127.0.0.1:' + ports.health,
      'exporters::prometheus::endpoint: 127.0.0.1:' + ports.spanMetrics,
    ];
    collector = await startCollector({
      path,
      folder,
      name: 'containers',
      config: compose,
      ports,
      overlays: over,
    });
    await until(() => sink.state.records.length >= 2, 30_000, "a container's lines have come");
    const contained = faultsOf(
      sink.state.records.find(({ body }) => body?.stringValue === 'order 1 refused') ?? {},
    );
    const ok = faults.length === 0 && contained.length === 0 && isOnce && isHidden && isTenant;
    return {
      how: "executed: a file of the runtime's lines, the Collector stopped and started in between; the same lines in Docker's envelope",
      ok,
      result:
        `${records.length} of 5 lines, ${isOnce ? 'each once' : 'NOT each once'}; time, severity, trace and span id, event, service name: ` +
        `${faults.length + contained.length === 0 ? 'in their places' : `wrong: ${[...faults, ...contained].join(', ')}`}; ` +
        `secrets ${isHidden ? 'hidden' : 'LEAKED'}; X-Scope-OrgID ${isTenant ? 'sent' : 'MISSING'}`,
    };
  } finally {
    await collector.stop();
    await sink.close();
  }
}
