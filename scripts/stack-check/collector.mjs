/**
 * Holds the generated configurations of the OpenTelemetry Collector against the program: `node scripts/stack-check/collector.mjs [PART...]`
 * after a build. The program is looked for in OBSGEN_STACK_PROGRAMS and on the PATH, as `otelcol`, `otelcol-contrib` or `otelcol-VERSION`;
 * all versions that are there are asked. Listens on loopback alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { checkAgent } from './collector/agent.mjs';
import { checkConfigs } from './collector/configs.mjs';
import { checkLayers } from './collector/layers.mjs';
import { checkLogs } from './collector/logs.mjs';
import { checkMemory } from './collector/memory.mjs';
import { findCollectors } from './collector/program.mjs';
import { checkQueue } from './collector/queue.mjs';
import { checkRedaction } from './collector/redaction.mjs';
import { checkSampling } from './collector/sampling.mjs';

const parts = {
  configs: checkConfigs,
  sampling: checkSampling,
  redaction: checkRedaction,
  queue: checkQueue,
  logs: checkLogs,
  layers: checkLayers,
  agent: checkAgent,
  memory: checkMemory,
};

async function rowOf(name, version, path, folder) {
  const about = { program: `OpenTelemetry Collector: ${name}`, version };
  try {
    return { ...about, ...(await parts[name]({ path, folder: join(folder, name) })) };
  } catch (error) {
    return { ...about, how: 'executed', ok: false, result: error.message };
  }
}

/**
 * The rows of the table in docs/stack.md: `{program, version, how, ok, result}`.
 * @param names parts; all of them where it is left out
 * @param tell hears of each row as soon as it is there
 */
export async function checkCollector(names = Object.keys(parts), tell = () => {}) {
  const collectors = findCollectors();
  if (collectors.length === 0)
    return [
      {
        program: 'OpenTelemetry Collector',
        version: '',
        how: 'modelled',
        ok: false,
        result: 'no otelcol in OBSGEN_STACK_PROGRAMS or on the PATH',
      },
    ];
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-collector-'));
  const rows = [];
  try {
    for (const { version, path } of collectors)
      for (const name of names) {
        const row = await rowOf(name, version, path, folder);
        rows.push(row);
        tell(row);
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}\n`);
    process.exitCode = 2;
  } else {
    const rows = await checkCollector(names.length === 0 ? undefined : names, (row) => {
      process.stdout.write(
        `${row.ok ? 'ok  ' : 'FAIL'} ${row.program} ${row.version}\n     ${row.how}\n     ${row.result}\n`,
      );
    });
    process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
  }
}
