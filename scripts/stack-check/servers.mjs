/** Loki, Tempo and Jaeger: their configurations, and one process of each that takes what is sent and gives it back. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { call } from './client.mjs';
import { freePorts, until } from './collector/program.mjs';
import { localCopy } from './outputs.mjs';
import { find, run, start, versionOf } from './program.mjs';

/** Milliseconds until a store is ready: Loki waits for a quarter of a minute before it says so. */
const readiness = 90_000;

/** The ports that a configuration names, and free ones of this machine in their place. */
async function portsFor(numbers) {
  const free = await freePorts(numbers.length);
  return Object.fromEntries(numbers.map((number, index) => [number, free[index]]));
}

/** Settings of the copy that runs here: on loopback, below a folder of its own, at free ports. */
function replacements(store, ports, folder) {
  const { http, grpc, otlpGrpc, otlpHttp, ready, health, own, query } = store.ports;
  const now = (number) => String(ports[number]);
  return {
    [store.data]: folder,
    [`http_listen_port: ${http}`]: `http_listen_port: ${now(http)}\n  http_listen_address: 127.0.0.1`,
    'grpc_listen_address: "127.0.0.1"': `grpc_listen_address: "127.0.0.1"\n  grpc_listen_port: ${now(grpc)}`,
    [`http_listen_port: ${ready}`]: `http_listen_port: ${now(ready)}`,
    [`0.0.0.0:${otlpGrpc}`]: `127.0.0.1:${now(otlpGrpc)}`,
    [`0.0.0.0:${otlpHttp}`]: `127.0.0.1:${now(otlpHttp)}`,
    [`0.0.0.0:${health}`]: `127.0.0.1:${now(health)}`,
    [`0.0.0.0:${http}`]: `127.0.0.1:${now(http)}`,
    [`127.0.0.1:${query}`]: `127.0.0.1:${now(query)}`,
    [`host: "0.0.0.0"\n                port: ${own}`]: `host: 127.0.0.1\n                port: ${now(own)}`,
  };
}

/** Ports as the generated files have them; Jaeger's page is what it answers on. */
const numbers = {
  grpc: 9095,
  otlpGrpc: 4317,
  otlpHttp: 4318,
  ready: 3101,
  health: 13133,
  own: 8888,
  query: 16685,
};

const traceId = '5b8efff798038103d269b633813fc60c';

/** One span, as OTLP has it in JSON. */
function span(now) {
  const time = (milliseconds) => `${BigInt(milliseconds) * 1_000_000n}`;
  const attributes = [{ key: 'service.name', value: { stringValue: 'stack-check' } }];
  const own = { traceId, spanId: 'eee19b7ec3c1b174', name: 'check', kind: 2 };
  const times = { startTimeUnixNano: time(now - 1000), endTimeUnixNano: time(now) };
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [{ ...own, ...times }] }] }] };
}

/** One line, as OTLP has it in JSON. */
function line(now) {
  const attributes = [{ key: 'service.name', value: { stringValue: 'stack-check' } }];
  const record = { timeUnixNano: `${BigInt(now) * 1_000_000n}`, body: { stringValue: 'checked' }, traceId };
  return { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords: [record] }] }] };
}

const stores = {
  loki: {
    title: 'Loki',
    names: ['loki'],
    file: 'stack/loki/loki.yaml',
    data: '/loki',
    ports: { ...numbers, http: 3100 },
    version: ['-version'],
    verify: (file) => ['-verify-config', `-config.file=${file}`],
    serve: (file) => [`-config.file=${file}`],
    health: ['-health'],
    verifies: 'loki -verify-config',
    send: (base) => ({ url: `${base.http}/otlp/v1/logs`, body: line }),
    ask: (base) =>
      `${base.http}/loki/api/v1/query_range?query=${encodeURIComponent('{service_name="stack-check"}')}`,
    found: (text) => text.includes('checked'),
  },
  tempo: {
    title: 'Tempo',
    names: ['tempo'],
    file: 'stack/tempo/tempo.yaml',
    data: '/var/tempo',
    ports: { ...numbers, http: 3200 },
    version: ['-version'],
    verify: (file) => ['-config.verify', `-config.file=${file}`],
    serve: (file) => [`-config.file=${file}`],
    health: ['-health'],
    verifies: 'tempo -config.verify',
    send: (base) => ({ url: `${base.otlp}/v1/traces`, body: span }),
    ask: (base) => `${base.http}/api/traces/${traceId}`,
    found: (text) => text.includes('stack-check'),
  },
  jaeger: {
    title: 'Jaeger',
    names: ['jaeger'],
    file: 'stack/jaeger/jaeger.yaml',
    data: '/tmp/jaeger',
    ports: { ...numbers, http: 16686 },
    version: ['version'],
    verify: (file) => ['validate', `--config=${file}`],
    serve: (file) => [`--config=${file}`],
    verifies: 'jaeger validate',
    send: (base) => ({ url: `${base.otlp}/v1/traces`, body: span }),
    ask: (base) => `${base.http}/api/traces/${traceId}`,
    found: (text) => text.includes('stack-check'),
  },
};

function copyOf(outputs, store, from, ports, name) {
  const folder = join(outputs.folder, store.title.toLowerCase(), name);
  mkdirSync(folder, { recursive: true });
  const replace = ports === undefined ? { [store.data]: folder } : replacements(store, ports, folder);
  const part = store.title.toLowerCase();
  return localCopy(outputs, { from, path: store.file, part, to: `${part}/${name}.yaml`, replace });
}

function check(outputs, store, program, version, froms) {
  const results = froms.map((from) => {
    const file = copyOf(outputs, store, from, undefined, `${from}-verified`);
    return { from, ...run(program, store.verify(file)) };
  });
  const failed = results.filter(({ ok }) => !ok);
  return {
    program: `${store.title}: configuration`,
    version,
    how: `checked: \`${store.verifies}\``,
    ok: failed.length === 0,
    result:
      failed.length === 0
        ? `accepted: ${froms.join(', ')}`
        : failed.map(({ from, text }) => `${from}: ${text.slice(-600)}`).join('\n'),
  };
}

/** Starts the store with a case's configuration, sends it one thing, and asks for it. */
async function tryOut(outputs, store, program, version, { from, isTls, tenant }) {
  const about = {
    program: `${store.title}: takes, and gives back${isTls ? ', behind TLS' : ''}`,
    version,
    how: 'executed: one process with the generated file, other ports and folders',
  };
  const ports = await portsFor([...new Set(Object.values(store.ports))]);
  const file = copyOf(outputs, store, from, ports, `${from}-run`);
  const running = start(program, store.serve(file));
  const scheme = isTls ? 'https' : 'http';
  const address = (number) => `${scheme}://localhost:${ports[number]}`;
  const base = { http: address(store.ports.http), otlp: address(store.ports.otlpHttp) };
  const headers = tenant === undefined ? {} : { 'X-Scope-OrgID': tenant };
  const certificates = isTls ? join(outputs.certificates, 'client') : undefined;
  try {
    const ready = `http://127.0.0.1:${ports[isTls ? store.ports.ready : store.ports.http]}/ready`;
    await until(
      async () => {
        if (running.hasEnded()) throw new Error('it ended');
        if (store.health !== undefined) return run(program, [...store.health, `-health.url=${ready}`]).ok;
        return (await call(`http://127.0.0.1:${ports[store.ports.health]}/status`)).status === 200;
      },
      readiness,
      'it answers its health command',
    );
    const { url, body } = store.send(base);
    const sent = await call(url, {
      method: 'POST',
      body: JSON.stringify(body(Date.now())),
      headers,
      certificates,
    });
    if (sent.status >= 300) throw new Error(`${url}: ${sent.status} ${sent.text}`);
    await until(
      async () => {
        const { status, text } = await call(store.ask(base), { headers, certificates });
        return status === 200 && store.found(text);
      },
      readiness,
      'it gives back what was sent',
    );
    const refused = [];
    if (isTls)
      refused.push(
        await call(store.ask(base), { headers }).then(
          () => 'asked without a certificate',
          () => '',
        ),
      );
    if (tenant !== undefined) {
      const other = await call(store.ask(base), { headers: { 'X-Scope-OrgID': 'other' }, certificates });
      refused.push(store.found(other.text) ? 'another tenant was answered' : '');
    }
    const faults = refused.filter((each) => each !== '');
    if (faults.length > 0) throw new Error(faults.join(', '));
    const and = [
      ...(isTls ? ['nobody without a certificate is answered'] : []),
      ...(tenant === undefined ? [] : ['no other tenant sees it']),
    ];
    return { ...about, ok: true, result: ['healthy, and what was sent came back', ...and].join('; ') };
  } catch (error) {
    return { ...about, ok: false, result: `${error.message}\n${running.log().slice(-1500)}` };
  } finally {
    await running.stop();
  }
}

const runs = {
  loki: [
    { from: 'stack', isTls: false, tenant: 'desk' },
    { from: 'stack-tls', isTls: true, tenant: 'vault' },
  ],
  tempo: [
    { from: 'stack', isTls: false, tenant: 'desk' },
    { from: 'stack-tls', isTls: true, tenant: 'vault' },
  ],
  jaeger: [{ from: 'stack-jaeger', isTls: false, tenant: undefined }],
};

async function rowsOf(outputs, name) {
  const store = stores[name];
  const program = find(...store.names);
  if (program === undefined) {
    const result = `no ${name} in OBSGEN_STACK_PROGRAMS or on the PATH`;
    return [{ program: store.title, version: '', how: 'modelled', ok: true, result }];
  }
  const version = versionOf(program, store.version);
  const rows = [
    check(
      outputs,
      store,
      program,
      version,
      runs[name].map(({ from }) => from),
    ),
  ];
  for (const each of runs[name]) rows.push(await tryOut(outputs, store, program, version, each));
  return rows;
}

/** The rows of one store: `loki`, `tempo`, `jaeger`. */
export function checkStore(name) {
  return (outputs) => rowsOf(outputs, name);
}
