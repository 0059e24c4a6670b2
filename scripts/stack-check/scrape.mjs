/** Prometheus and Alertmanager together, behind TLS: the generated configuration finds both, and is refused by neither. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { call } from './client.mjs';
import { freePorts, until } from './collector/program.mjs';
import { copyRules, localCopy } from './outputs.mjs';
import { find, start, versionOf } from './program.mjs';

const from = 'stack-tls';

/** Milliseconds: a scrape interval of the spec and what else it takes. */
const patience = 60_000;

function web(outputs, part) {
  return localCopy(outputs, { from, path: 'stack/web/server.yaml', part, to: `scrape/${part}/web.yaml` });
}

function startAlertmanager(outputs, program, port) {
  const folder = join(outputs.folder, 'scrape/alertmanager');
  const args = ['--cluster.listen-address=', `--web.config.file=${web(outputs, 'alertmanager')}`];
  return start(program, [
    `--config.file=${join(outputs.built[from], 'alertmanager/alertmanager.yaml')}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    ...args,
  ]);
}

function startPrometheus(outputs, program, ports) {
  const folder = join(outputs.folder, 'scrape/prometheus');
  const config = localCopy(outputs, {
    from,
    path: 'prometheus/prometheus.yaml',
    part: 'prometheus',
    to: 'scrape/prometheus/prometheus.yaml',
    replace: {
      'alertmanager:9093': `127.0.0.1:${ports.alertmanager}`,
      'prometheus:9090': `127.0.0.1:${ports.prometheus}`,
      'scrape_interval: 15s': 'scrape_interval: 2s',
      'scrape_timeout: 10s': 'scrape_timeout: 2s',
    },
  });
  copyRules(outputs, from, 'scrape/prometheus/rules');
  mkdirSync(folder, { recursive: true });
  return start(program, [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${ports.prometheus}`,
    '--enable-feature=exemplar-storage',
    `--web.config.file=${web(outputs, 'prometheus')}`,
  ]);
}

/** Whether Prometheus scrapes itself and Alertmanager, knows where alerts go, and has read its rules. */
async function holds(base, certificates) {
  const ask = async (path) => {
    const { status, text } = await call(`${base}/api/v1/${path}`, { certificates });
    return status === 200 ? JSON.parse(text).data : undefined;
  };
  const targets = (await ask('targets?state=active'))?.activeTargets ?? [];
  const isUp = (job) => targets.some(({ labels, health }) => labels.job === job && health === 'up');
  const known = (await ask('alertmanagers'))?.activeAlertmanagers ?? [];
  const groups = (await ask('rules'))?.groups ?? [];
  return isUp('prometheus') && isUp('alertmanager') && known.length === 1 && groups.length > 0;
}

/** The row of both. */
export async function checkScrape(outputs) {
  const about = {
    program: 'Prometheus and Alertmanager: scrape and alerts behind TLS',
    how: 'executed: both with the generated files, other ports',
  };
  const programs = [find('prometheus'), find('alertmanager', 'prometheus-alertmanager')];
  if (programs.includes(undefined))
    return { ...about, version: '', how: 'modelled', ok: true, result: 'no prometheus, or no alertmanager' };
  const [prometheus, alertmanager] = await freePorts(2);
  const running = [
    startAlertmanager(outputs, programs[1], alertmanager),
    startPrometheus(outputs, programs[0], { prometheus, alertmanager }),
  ];
  const version = programs.map((program) => versionOf(program)).join(', ');
  try {
    const certificates = join(outputs.certificates, 'client');
    await until(
      () => holds(`https://localhost:${prometheus}`, certificates).catch(() => false),
      patience,
      'both are scraped, and alerts have somewhere to go',
    );
    return {
      ...about,
      version,
      ok: true,
      result: 'both are scraped, alerts have somewhere to go, the rules are read',
    };
  } catch (error) {
    const log = running.map((each) => each.log().slice(-600)).join('\n');
    return { ...about, version, ok: false, result: `${error.message}\n${log}` };
  } finally {
    for (const each of running) await each.stop();
  }
}
