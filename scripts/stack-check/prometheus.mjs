/* global fetch */
/** Prometheus and Alertmanager: their configurations, and their health commands against TLS. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, until } from './collector/program.mjs';
import { buildAround } from './go-library.mjs';
import { cases, copyRules, localCopy } from './outputs.mjs';
import { find, findAll, run, start, versionOf } from './program.mjs';
import { checkScrape } from './scrape.mjs';

const config = 'prometheus/prometheus.yaml';

/** Settings of the case `stack` that are newer than a promtool. */
function isTooNew(text) {
  return /field (?:scrape_native_histograms|always_scrape_classic_histograms) not found/.test(text);
}

function checkConfigs(outputs, promtool, version) {
  const results = cases.map((name) => {
    const to = `promtool-${version}/${name}`;
    const file = localCopy(outputs, {
      from: name,
      path: config,
      part: 'prometheus',
      to: `${to}/prometheus.yaml`,
    });
    copyRules(outputs, name, `${to}/rules`);
    const { ok, text } = run(promtool, ['check', 'config', file]);
    return { name, ok, isNewer: !ok && isTooNew(text), text };
  });
  const failed = results.filter(({ ok, isNewer }) => !ok && !isNewer);
  const newer = results.filter(({ isNewer }) => isNewer).map(({ name }) => name);
  const accepted = results.filter(({ ok }) => ok).map(({ name }) => name);
  return {
    program: 'Prometheus: configuration and rules',
    version,
    how: 'checked: `promtool check config`',
    ok: failed.length === 0 && accepted.length > 0,
    result:
      failed.length > 0
        ? failed.map(({ name, text }) => `${name}: ${text}`).join('\n')
        : `accepted: ${accepted.join(', ')}${newer.length === 0 ? '' : `; ${newer.join(', ')} is for Prometheus 3.8 and newer, as its spec says`}`,
  };
}

/** What the release that the compose file names reads its configuration with. */
const library = { module: 'github.com/prometheus/prometheus', version: 'v0.313.2' };
const loader = `package main

import (
	"fmt"
	"os"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/config"
	_ "github.com/prometheus/prometheus/discovery/dns"
)

func main() {
	if _, err := config.LoadFile(os.Args[1], false, promslog.NewNopLogger()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`;

function checkLibrary(outputs) {
  const about = { program: 'Prometheus: configuration, by its own parser', version: '3.13.2' };
  const go = find('go');
  const { program, fault } =
    go === undefined
      ? { fault: 'no go' }
      : buildAround(go, join(outputs.folder, 'prometheus-config'), library, loader);
  if (program === undefined)
    return { ...about, how: 'modelled', ok: true, result: `it could not be built: ${fault}` };
  const results = cases.map((name) => run(program, [join(outputs.built[name], config)]));
  const failed = results.filter(({ ok }) => !ok);
  return {
    ...about,
    how: 'checked: `config.LoadFile` of its module',
    ok: failed.length === 0,
    result: failed.length === 0 ? `accepted: ${cases.join(', ')}` : failed.map(({ text }) => text).join('\n'),
  };
}

function checkWeb(outputs, promtool, version) {
  const file = localCopy(outputs, {
    from: 'stack-tls',
    path: 'stack/web/server.yaml',
    part: 'prometheus',
    to: 'web/server.yaml',
  });
  const { ok, text } = run(promtool, ['check', 'web-config', file]);
  return {
    program: 'Prometheus, Alertmanager, Pushgateway: web.yaml',
    version,
    how: 'checked: `promtool check web-config`',
    ok,
    result: ok ? 'accepted' : text,
  };
}

/** Starts a server behind the generated web.yaml and asks it with its health command, with and without a certificate. */
async function checkHealth(outputs, { part, program, tool, serve, ask }) {
  const [port] = await freePorts(1);
  const web = (name) =>
    localCopy(outputs, { from: 'stack-tls', path: `stack/web/${name}`, part, to: `health/${part}/${name}` });
  const [server, client] = [web('server.yaml'), web('client.yaml')];
  const folder = join(outputs.folder, 'health', part);
  mkdirSync(folder, { recursive: true });
  const running = start(program, [...serve(folder, port), `--web.config.file=${server}`], { cwd: folder });
  const url = `https://localhost:${port}`;
  try {
    await until(
      async () => {
        if (running.hasEnded()) throw new Error(running.log());
        return run(tool, [...ask(url), `--http.config.file=${client}`]).ok;
      },
      30_000,
      `${part} answers its health command`,
    );
    if (run(tool, ask(url)).ok) throw new Error('it answers without a certificate too');
    const plain = await fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status);
    if (plain < 400) throw new Error(`it answers without TLS: ${plain}`);
    return { ok: true, result: 'healthy with a certificate of the stack, refused without one' };
  } catch (error) {
    return { ok: false, result: `${error.message}\n${running.log().slice(-1000)}` };
  } finally {
    await running.stop();
  }
}

async function checkPrometheusHealth(outputs) {
  const about = {
    program: 'Prometheus: TLS and health check',
    how: 'executed: `promtool check ready` against prometheus with web.yaml',
  };
  const program = find('prometheus');
  const tool = findAll('promtool').find((path) => run(path, ['check', 'ready', '--help']).ok);
  if (program === undefined || tool === undefined) {
    return {
      ...about,
      version: '',
      how: 'modelled',
      ok: true,
      result: 'no prometheus, or no promtool that knows `check ready`',
    };
  }
  const serve = (folder, port) => {
    const file = join(folder, 'prometheus.yaml');
    writeFileSync(file, 'scrape_configs: []\n');
    return [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
  };
  const ask = (url) => ['check', 'ready', `--url=${url}`];
  const row = await checkHealth(outputs, { part: 'prometheus', program, tool, serve, ask });
  return { ...about, version: versionOf(program), ...row };
}

async function checkAlertmanagerHealth(outputs) {
  const about = {
    program: 'Alertmanager: TLS and health check',
    how: 'executed: `amtool cluster show` against alertmanager with web.yaml',
  };
  const program = find('alertmanager', 'prometheus-alertmanager');
  const tool = find('amtool');
  if (program === undefined || tool === undefined)
    return { ...about, version: '', how: 'modelled', ok: true, result: 'no alertmanager, or no amtool' };
  const serve = (folder, port) => {
    const file = join(folder, 'alertmanager.yaml');
    writeFileSync(file, 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
    return [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ];
  };
  const ask = (url) => ['cluster', 'show', `--alertmanager.url=${url}`];
  const row = await checkHealth(outputs, { part: 'alertmanager', program, tool, serve, ask });
  return { ...about, version: versionOf(program), ...row };
}

async function checkPushgatewayHealth(outputs) {
  const about = {
    program: 'Pushgateway: TLS and health check',
    how: 'executed: `nc` of BusyBox against pushgateway with web.yaml',
  };
  const program = find('pushgateway', 'prometheus-pushgateway');
  const tool = find('busybox');
  if (program === undefined || tool === undefined)
    return { ...about, version: '', how: 'modelled', ok: true, result: 'no pushgateway, or no busybox' };
  const [port, free] = await freePorts(2);
  const from = { from: 'stack-tls', path: 'stack/web/server.yaml', part: 'pushgateway' };
  const web = localCopy(outputs, { ...from, to: 'health/pushgateway/server.yaml' });
  const running = start(program, [`--web.listen-address=127.0.0.1:${port}`, `--web.config.file=${web}`]);
  const ask = (number) => run(tool, ['nc', '-w', '2', '127.0.0.1', String(number)], { input: '' }).ok;
  try {
    await until(async () => ask(port), 15_000, 'somebody listens');
    const plain = await fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status);
    const ok = !ask(free) && plain >= 400;
    return {
      ...about,
      version: versionOf(program),
      ok,
      result: ok ? 'healthy; without TLS it answers nobody' : running.log(),
    };
  } catch (error) {
    return { ...about, version: versionOf(program), ok: false, result: error.message };
  } finally {
    await running.stop();
  }
}

function checkAmtool(outputs) {
  const tool = find('amtool');
  const about = { program: 'Alertmanager: configuration', how: 'checked: `amtool check-config`' };
  if (tool === undefined) return { ...about, version: '', how: 'modelled', ok: true, result: 'no amtool' };
  const results = ['stack', 'stack-tls'].map((name) => {
    const path = 'alertmanager/alertmanager.yaml';
    return run(tool, ['check-config', join(outputs.built[name], path)]);
  });
  const failed = results.filter(({ ok }) => !ok);
  return {
    ...about,
    version: versionOf(tool),
    ok: failed.length === 0,
    result: failed.length === 0 ? 'accepted' : failed.map(({ text }) => text).join('\n'),
  };
}

/** The rows of Prometheus and Alertmanager. */
export async function checkPrometheus(outputs) {
  const tools = findAll('promtool').map((path) => ({ path, version: versionOf(path) }));
  const byVersion = [...new Map(tools.map((tool) => [tool.version, tool])).values()];
  const configs = byVersion.map(({ path, version }) => checkConfigs(outputs, path, version));
  const web = byVersion.slice(0, 1).map(({ path, version }) => checkWeb(outputs, path, version));
  return [
    ...configs,
    checkLibrary(outputs),
    ...web,
    await checkPrometheusHealth(outputs),
    checkAmtool(outputs),
    await checkAlertmanagerHealth(outputs),
    await checkPushgatewayHealth(outputs),
    await checkScrape(outputs),
  ];
}
