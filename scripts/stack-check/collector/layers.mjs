/** Whether all spans of a trace come to one Collector of the second layer, through TLS with certificates of both sides. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { collectorPorts, startCollector, until } from './program.mjs';
import { jsonOverlay, openSink } from './sink.mjs';
import { configText, modelOf, specWith } from './specs.mjs';
import { newTraceId, span } from './traces.mjs';

const count = 1000;

function openssl(folder, ...args) {
  const { status, stderr, error } = spawnSync('openssl', args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error !== undefined || status !== 0) throw new Error(`openssl ${args[0]}: ${error ?? stderr}`);
}

/** An authority, and a certificate of it that is good for every Collector here. */
function certificates(folder) {
  mkdirSync(folder, { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    folder,
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '2',
    '-subj',
    '/CN=check',
  );
  openssl(folder, 'req', ...key, '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', '/CN=collector');
  writeFileSync(join(folder, 'san'), 'subjectAltName=DNS:collector,DNS:localhost,IP:127.0.0.1\n');
  openssl(
    folder,
    'x509',
    '-req',
    '-in',
    'tls.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'tls.crt',
    '-days',
    '2',
    '-extfile',
    'san',
  );
}

/** Sends spans over HTTPS; resolves with the status, and rejects where the other side shuts the door. */
function send(port, spans, agent) {
  const body = JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] });
  return new Promise((resolve, reject) => {
    const to = request(
      {
        host: '127.0.0.1',
        port,
        path: '/v1/traces',
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      },
    );
    to.once('error', reject).end(body);
  });
}

export async function checkLayers({ path, folder }) {
  const tls = join(folder, 'tls');
  certificates(tls);
  const read = (name) => readFileSync(join(tls, name));
  const known = new Agent({
    ca: read('ca.crt'),
    cert: read('tls.crt'),
    key: read('tls.key'),
    keepAlive: true,
  });
  const stranger = new Agent({ ca: read('ca.crt') });
  const model = await modelOf(specWith('collector: { instances: 2 }\naccess: { tls: true }'));
  const sinks = [await openSink(), await openSink()];
  const running = [];
  try {
    const overlays = jsonOverlay('otlp_http/traces');
    for (const [index, sink] of sinks.entries()) {
      const ports = await collectorPorts();
      const options = { ports, traces: sink.traces, certificates: tls };
      const config = await configText('collector', model, 'native', options);
      running.push(await startCollector({ path, folder, name: `layer-${index}`, config, ports, overlays }));
    }
    const ports = await collectorPorts();
    const collectors = running.map((each) => `127.0.0.1:${each.ports.grpc}`);
    const config = await configText('balancer', model, 'native', { ports, collectors, certificates: tls });
    running.push(await startCollector({ path, folder, name: 'balancer', config, ports }));
    const traces = Array.from({ length: count }, () => {
      const traceId = newTraceId();
      const root = span(traceId, { name: 'agent.run' });
      return [
        root,
        span(traceId, { name: 'agent.model_call', parent: root }),
        span(traceId, { name: 'agent.tool_call', parent: root }),
      ];
    });
    // Each span of a trace in a request of another time, as the parts of a distributed run send them.
    for (const place of [2, 1, 0])
      for (let from = 0; from < count; from += 100) {
        const status = await send(
          ports.http,
          traces.slice(from, from + 100).map((trace) => trace[place]),
          known,
        );
        if (status !== 200) throw new Error(`the balancer answered ${status}`);
      }
    const came = () => sinks.reduce((sum, sink) => sum + sink.state.spans.length, 0);
    await until(() => came() >= count * 3, 60_000, `all spans have come`);
    await wait(1000);
    const homes = new Map();
    for (const [index, sink] of sinks.entries())
      for (const { traceId } of sink.state.spans)
        homes.set(traceId, (homes.get(traceId) ?? new Set()).add(index));
    const split = [...homes.values()].filter(({ size }) => size > 1).length;
    const shares = sinks.map((sink) => sink.traceIds().size);
    const refused = await send(ports.http, traces[0], stranger).then(
      (status) => `answered ${status}`,
      () => 'refused',
    );
    return {
      how: `executed: a balancer and two Collectors with mutual TLS; ${count} traces, each span in a request of its own`,
      ok:
        split === 0 &&
        came() === count * 3 &&
        shares.every((share) => share > count / 4) &&
        refused === 'refused',
      result: `${came()} of ${count * 3} spans; traces on more than one Collector: ${split}; shares ${shares.join(' and ')}; a client without a certificate: ${refused}`,
    };
  } finally {
    known.destroy();
    for (const each of running.reverse()) await each.stop();
    for (const sink of sinks) await sink.close();
  }
}
