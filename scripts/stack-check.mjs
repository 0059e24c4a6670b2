/**
 * Holds what the compiler writes for a stack against the programs that read it: `node scripts/stack-check.mjs [--write] [PART...]` after a
 * build. Programs are looked for in OBSGEN_STACK_PROGRAMS and on the PATH; one that is not there is said to be modelled. Prints a table, and
 * with --write puts it into docs/stack.md. Listens on loopback alone. Exit codes: 0 all is accepted, 1 something is not, 2 usage.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { checkCollector } from './stack-check/collector.mjs';
import { checkCompose } from './stack-check/compose.mjs';
import { makeOutputs } from './stack-check/outputs.mjs';
import { checkPrometheus } from './stack-check/prometheus.mjs';
import { checkStore } from './stack-check/servers.mjs';

const document = join(import.meta.dirname, '../docs/stack.md');
const markers = { begin: '<!-- stack-check: begin -->', end: '<!-- stack-check: end -->' };

/** The rows of each part: `{program, version, how, ok, result}`. */
const parts = {
  compose: checkCompose,
  prometheus: checkPrometheus,
  loki: checkStore('loki'),
  tempo: checkStore('tempo'),
  jaeger: checkStore('jaeger'),
  collector: () => checkCollector(),
};

function cell(text) {
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, '<br>');
}

function table(rows) {
  const lines = rows.map(
    ({ program, version, how, ok, result }) =>
      `| ${[program, version, how, `${ok ? '' : '**failed**: '}${result}`].map(cell).join(' | ')} |`,
  );
  return ['| program | version | how it was checked | result |', '|---|---|---|---|', ...lines].join('\n');
}

/** Puts the table between the markers of docs/stack.md. */
function write(text) {
  const page = existsSync(document) ? readFileSync(document, 'utf8') : '';
  const begin = page.indexOf(markers.begin);
  const end = page.indexOf(markers.end);
  if (begin < 0 || end < begin)
    throw new Error(
      `${document} has no place for it: a line ${markers.begin}, and below it a line ${markers.end}`,
    );
  const head = page.slice(0, begin + markers.begin.length);
  writeFileSync(document, `${head}\n\n${text}\n\n${page.slice(end)}`);
}

async function rowsOf(names, tell) {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-stack-'));
  const rows = [];
  try {
    const outputs = makeOutputs(folder);
    for (const name of names) {
      tell(name);
      rows.push(...(await parts[name](outputs)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

const asked = process.argv.slice(2);
const isWritten = asked.includes('--write');
const names = asked.filter((each) => each !== '--write');
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}\n`);
  process.exitCode = 2;
} else {
  try {
    const tell = (name) => process.stderr.isTTY && process.stderr.write(`${name}\n`);
    const rows = await rowsOf(names.length === 0 ? Object.keys(parts) : names, tell);
    const text = table(rows);
    process.stdout.write(`${text}\n`);
    if (isWritten) write(text);
    process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
