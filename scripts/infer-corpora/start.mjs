/** Starts the services of infer-corpora.mjs, each in a process of its own, and gives them something to count. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const json = { 'content-type': 'application/json' };

/** Asks an address some times; what comes is of no interest. */
async function load(times, ...requests) {
  for (let round = 0; round < times; round += 1)
    for (const [url, options] of requests)
      await globalThis.fetch(url, options).then((answer) => answer.text());
}

async function until(url, seconds) {
  for (let left = seconds * 4; left > 0; left -= 1) {
    const isThere = await globalThis.fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await wait(250);
  }
  throw new Error(`${url} does not answer within ${seconds} s`);
}

/** A program in a folder; its end is waited for. */
function program(folder, args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return async () => {
    child.kill();
    await ended;
  };
}

async function unleash(folder) {
  const database = process.env['INFER_DATABASE'];
  if (database === undefined) throw new Error('INFER_DATABASE is not set: Unleash needs a PostgreSQL');
  const port = 43112;
  const base = `http://127.0.0.1:${port}`;
  const token = '*:development.abc';
  const options = {
    databaseUrl: database,
    db: { ssl: false },
    server: { port, host: '127.0.0.1' },
    logLevel: 'error',
    versionCheck: { enable: false },
    telemetry: false,
    authentication: {
      type: 'none',
      initApiTokens: [
        { environment: 'development', project: '*', secret: token, type: 'client', tokenName: 'x' },
      ],
    },
  };
  const code = `const { start } = await import('unleash-server'); await start(${JSON.stringify(options)});`;
  const stop = program(folder, ['--input-type=module', '--eval', code]);
  const url = `${base}/internal-backstage/prometheus`;
  await until(url, 60);
  const authorization = { ...json, authorization: token };
  const feature = { method: 'POST', headers: json, body: JSON.stringify({ name: 'f1', type: 'release' }) };
  const time = new Date().toISOString();
  const usage = {
    appName: 'app',
    instanceId: 'i',
    bucket: { start: time, stop: time, toggles: { f1: { yes: 3, no: 1 } } },
  };
  const client = {
    appName: 'app',
    instanceId: 'i',
    sdkVersion: 'unleash-client-node:5.0',
    strategies: ['default'],
    interval: 10,
    started: time,
  };
  await load(1, [`${base}/api/admin/projects/default/features`, feature]);
  await load(
    40,
    [`${base}/api/client/features`, { headers: authorization }],
    [`${base}/api/admin/projects/default/features`],
    [`${base}/health`],
    [`${base}/nope`],
    [`${base}/api/client/metrics`, { method: 'POST', headers: authorization, body: JSON.stringify(usage) }],
    [`${base}/api/client/register`, { method: 'POST', headers: authorization, body: JSON.stringify(client) }],
  );
  // Its gauges are filled by tasks that run every few seconds.
  await wait(15_000);
  return { url, stop };
}

async function unleashProxy(folder) {
  const features = {
    version: 2,
    features: [{ name: 'a', enabled: true, strategies: [{ name: 'default' }] }],
  };
  const upstream = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(features));
  });
  await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const end = program(folder, [join(folder, 'node_modules/@unleash/proxy/dist/start.js')], {
    UNLEASH_URL: `http://127.0.0.1:${upstream.address().port}/api/`,
    UNLEASH_API_TOKEN: 'x:y.z',
    UNLEASH_PROXY_CLIENT_KEYS: 'k',
    PORT: '43111',
    LOG_LEVEL: 'error',
  });
  const base = 'http://127.0.0.1:43111/proxy';
  const url = `${base}/internal-backstage/prometheus`;
  await until(url, 20);
  await load(60, [base, { headers: { authorization: 'k' } }], [`${base}/health`]);
  await wait(2000);
  const stop = async () => {
    await end();
    upstream.closeAllConnections();
    upstream.close();
  };
  return { url, stop };
}

async function mountebank(folder) {
  const stop = program(folder, [
    join(folder, 'node_modules/mountebank/bin/mb'),
    '--port',
    '42525',
    '--nologfile',
    '--loglevel',
    'error',
  ]);
  const url = 'http://127.0.0.1:42525/metrics';
  await until(url, 20);
  const imposter = { port: 42526, protocol: 'http', stubs: [{ responses: [{ is: { statusCode: 201 } }] }] };
  await load(1, [
    'http://127.0.0.1:42525/imposters',
    { method: 'POST', headers: json, body: JSON.stringify(imposter) },
  ]);
  await load(20, ['http://127.0.0.1:42526/x'], ['http://127.0.0.1:42525/nope']);
  return { url, stop };
}

const services = { unleash, 'unleash-proxy': unleashProxy, mountebank };

/** Starts a service that is installed in a folder. @returns the address of its page, and how to end it */
export function startService(name, folder) {
  return services[name](folder);
}
