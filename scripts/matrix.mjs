/**
 * Runs what observability.yaml compiles to wherever it is said to run: `npm run test:matrix [-- --write --compiler 7.0.2]` after a build, with
 * `npm ci --prefix` of bench, scripts/matrix, test/peers/otel-3 and test/peers/typescript. Every version of TypeScript compiles the helpers and
 * a program that uses each of them, as ESM and as CommonJS, against both lines of OpenTelemetry; on every line of Node, with each SDK
 * and each client of Prometheus, the program records, is scraped, and exports; what arrives is held against what was recorded, and the pages of
 * all cells against each other. Prints a table, and with --write puts it into docs/matrix.md. Listens on loopback alone. Node comes from
 * npm's binaries for Linux on x64. Exit codes: 0 all cells are well, 1 one is not, 2 something is not installed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { compileService, forms, packagesIn, writeService } from './matrix/build.mjs';
import { runCell } from './matrix/cell.mjs';
import { parts, satisfies } from './matrix/parts.mjs';
import { programOf } from './matrix/program.mjs';

const root = join(import.meta.dirname, '..');
const document = join(root, 'docs/matrix.md');
const markers = { begin: '<!-- matrix: begin -->', end: '<!-- matrix: end -->' };
const tell = (text) => process.stderr.isTTY && process.stderr.write(`${text}\n`);

/** Does all of it, as many at a time as there are processors. */
async function together(jobs) {
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: cpus().length }, work));
}

/** The helpers of the reference spec, and for each client the program that uses them. */
async function reference(clients) {
  const { compile } = await import('../dist/compile.js');
  const { helperNames } = await import('../dist/emit/typescript/names.js');
  const { model, files } = compile(join(root, 'observability.yaml'), new Date().toISOString().slice(0, 10), [
    'typescript',
  ]);
  const names = helperNames(model);
  const programs = clients.map(({ name }) => programOf(model, names, name));
  const own = new Set(programs[0].expected.map(({ name }) => name.replace(/_sum$/, '')));
  return { files, programs, own };
}

const programName = ({ name }) => `with-${name.replace(/\W+/g, '-')}`;

/** Compiles the service with every compiler, in every form, against both lines; @returns one row a compiler */
async function compileAll(folder, { compilers, sdks, clients, types }, { files, programs }) {
  const rows = new Map(
    compilers.map((compiler) => [compiler.name, { compiler, faults: [], digests: new Map() }]),
  );
  const jobs = [];
  for (const { major, api, sdk } of sdks) {
    const line = join(folder, `sdk-${major}`);
    packagesIn(line, [api, sdk, types, ...clients]);
    for (const [form, type] of Object.entries(forms)) {
      const source = join(line, 'src', form);
      writeService(
        source,
        files,
        clients.map((client, index) => [programName(client), programs[index].source]),
        type,
      );
      for (const compiler of compilers)
        jobs.push(async () => {
          tell(`${compiler.name}, ${form}, SDK ${major}`);
          const { said, digest } = await compileService(
            compiler,
            source,
            join(line, compiler.name.replace(/\W+/g, '-'), form),
          );
          const row = rows.get(compiler.name);
          if (said !== '')
            row.faults.push(
              `${form}, SDK ${major}: ${said.split('\n').slice(0, 5).join('; ').slice(0, 500)}`,
            );
          row.digests.set(`${form}, SDK ${major}`, digest);
        });
    }
  }
  await together(jobs);
  return [...rows.values()];
}

/** The compilers whose output is run: the first of each set that wrote the same. */
function distinct(rows) {
  const seen = new Set();
  return rows.filter(({ digests, faults }) => {
    const all = JSON.stringify([...digests].sort());
    if (faults.length > 0 || seen.has(all)) return false;
    seen.add(all);
    return true;
  });
}

async function runAll(folder, { nodes, sdks, clients }, { programs, own }, compiled) {
  const { readPage } = await import('../dist/inspect/exposition/read-page.js');
  const cells = [];
  for (const node of nodes)
    for (const { major, sdk } of sdks)
      for (const [index, client] of clients.entries()) {
        const cell = { node, sdk, client, faults: [], runs: 0 };
        cells.push(cell);
        if (!satisfies(node.version, sdk.engines)) {
          cell.excluded = `needs Node ${sdk.engines}`;
          continue;
        }
        cell.jobs = compiled.flatMap(({ compiler }) =>
          Object.keys(forms).map((form) => async () => {
            tell(`Node ${node.version}, SDK ${sdk.version}, ${client.name}, ${form}`);
            const cwd = join(folder, `sdk-${major}`, compiler.name.replace(/\W+/g, '-'), form);
            const { faults, page } = await runCell({
              node: node.program,
              program: `${programName(client)}.js`,
              cwd,
              sdkMajor: major,
              wanted: programs[index],
              readPage,
              names: own,
              result: join(
                folder,
                `result-${node.line}-${major}-${index}-${form}-${compiler.name.replace(/\W+/g, '-')}.json`,
              ),
            });
            cell.runs += 1;
            cell.faults.push(...faults.map((fault) => `${form}: ${fault}`));
            cell.pages = [...(cell.pages ?? []), page];
          }),
        );
      }
  await together(cells.flatMap(({ jobs = [] }) => jobs));
  const [first] = cells.flatMap(({ pages = [] }) => pages);
  for (const cell of cells)
    if (cell.excluded === undefined && cell.runs === 0) cell.faults.push('not run: nothing was compiled');
  for (const cell of cells)
    if ((cell.pages ?? []).some((page) => page !== first))
      cell.faults.push('its page is not that of the first cell');
  return cells;
}

const lineOf = (cells) =>
  `| ${cells
    .map((text) =>
      String(text)
        .replaceAll('|', '\\|')
        .replaceAll(/\s*\n\s*/g, ' '),
    )
    .join(' | ')} |`;

function tables(rows, compiled, cells, { expected, spans, events }) {
  const compilers = rows.map(({ compiler, faults }) => {
    const ran = compiled.find((row) => row.compiler === compiler);
    const output =
      ran === undefined
        ? 'the same JavaScript as above'
        : compiled[0] === ran
          ? 'run'
          : 'other JavaScript, run as well';
    return lineOf([
      compiler.name,
      faults.length === 0 ? 'no error' : `**failed**: ${faults.join('; ')}`,
      faults.length === 0 ? output : '',
    ]);
  });
  const runs = cells.map(({ node, sdk, client, faults, excluded, runs: count }) =>
    lineOf([
      node.version,
      sdk.version,
      `${client.name} ${client.version}`,
      excluded !== undefined
        ? `not possible: the SDK ${excluded}`
        : faults.length === 0
          ? `ok, ${count} runs`
          : `**failed**: ${[...new Set(faults)].slice(0, 4).join('; ')}`,
    ]),
  );
  return [
    `Every cell recorded ${expected.length} metrics, ended ${spans.length} kinds of spans and wrote ${events.length} kinds of log events.`,
    '',
    '| compiler | helpers and program, ESM and CommonJS, both lines of the API | what it wrote |',
    '|---|---|---|',
    ...compilers,
    '',
    '| Node | `@opentelemetry/sdk-node` | client | ESM and CommonJS: recorded, scraped, exported |',
    '|---|---|---|---|',
    ...runs,
  ].join('\n');
}

/** Puts the tables between the markers of docs/matrix.md. */
function write(text) {
  const page = readFileSync(document, 'utf8');
  const begin = page.indexOf(markers.begin);
  const end = page.indexOf(markers.end);
  if (begin < 0 || end < begin)
    throw new Error(`${document} has no place for it between ${markers.begin} and ${markers.end}`);
  const date = `Run on ${new Date().toISOString().slice(0, 10)}, on ${process.platform} ${process.arch}.`;
  writeFileSync(
    document,
    `${page.slice(0, begin + markers.begin.length)}\n\n${date} ${text}\n\n${page.slice(end)}`,
  );
}

const { values: asked } = parseArgs({
  options: { write: { type: 'boolean' }, compiler: { type: 'string', multiple: true } },
});
const folder = mkdtempSync(join(tmpdir(), 'obs-gen-matrix-'));
try {
  const begin = performance.now();
  const everything = parts();
  const compilers = everything.compilers.filter(({ version }) =>
    (asked.compiler ?? [version]).includes(version),
  );
  if (compilers.length === 0)
    throw new Error(
      `there is no such compiler; there are ${everything.compilers.map(({ version }) => version).join(', ')}`,
    );
  const combined = { ...everything, compilers };
  const service = await reference(combined.clients);
  const rows = await compileAll(folder, combined, service);
  const compiled = distinct(rows);
  const cells = await runAll(folder, combined, service, compiled);
  const text = tables(rows, compiled, cells, service.programs[0]);
  const failed = [...rows, ...cells].filter(({ faults }) => faults.length > 0).length;
  const possible = cells.filter(({ excluded }) => excluded === undefined).length;
  process.stdout.write(`${text}\n\n`);
  if (asked.write === true) write(text);
  process.stdout.write(
    `${failed === 0 ? `${rows.length} compilers and ${possible} cells are well` : `failed: ${failed} of ${rows.length + possible}`}, in ${((performance.now() - begin) / 1000).toFixed(0)} s\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(
    `${error.code === 'ERR_MODULE_NOT_FOUND' ? 'it is not built: npm run build\n' : ''}${error.message}\n`,
  );
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
