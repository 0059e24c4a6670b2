import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { modelOf } from '../../support/model.js';
import { richSpec } from './specs.js';

const packages = resolve(import.meta.dirname, '../../../node_modules');

/** A service's program; it prints one JSON line at its end. */
const program = `
labels.tool.register(['search']);
metrics.researchRunsTotal.inc({ agent: 'planner', outcome: 'completed' });
const ok = metrics.researchRunsTotal.with({ agent: 'planner', outcome: 'completed' });
ok.inc(2);
metrics.researchRunsTotal.inc({ agent: 'planner', outcome: 'nope' });
logs.runAccepted({ agent: 'planner', task_length: 3, detail: { password: 'hunter2' }, from: true });
const started = await telemetry.start();
const answer = await spans.toolCall({ tool: 'search' }, async () => 42);
try { spans.researchRun({ agent: 'planner' }, () => { throw new Error('no'); }); } catch {}
const page = await register.metrics();
const ended = await telemetry.shutdown();
console.log(JSON.stringify({ started, answer, ended: ended.complete, page, stats: telemetry.stats() }));
`;

interface Printed {
  readonly started: { readonly tracing: string };
  readonly answer: number;
  readonly ended: boolean;
  readonly page: string;
}

describe('helpers in a service that has prom-client and the API of OpenTelemetry alone', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'obs-gen-run-'));
    mkdirSync(join(folder, 'node_modules', '@opentelemetry'), { recursive: true });
    for (const name of ['prom-client', '@opentelemetry/api']) {
      symlinkSync(join(packages, name), join(folder, 'node_modules', name));
    }
    const files = typescriptHelpers.files(modelOf(richSpec));
    const formats = { esm: ts.ModuleKind.ES2022, cjs: ts.ModuleKind.CommonJS };
    for (const [name, module] of Object.entries(formats)) {
      for (const { path, content } of files) {
        const { outputText } = ts.transpileModule(content, {
          compilerOptions: { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
        });
        write(`${name}/${path.replace(/\.ts$/, '.js')}`, outputText);
      }
      write(`${name}/package.json`, JSON.stringify({ type: name === 'esm' ? 'module' : 'commonjs' }));
    }
    const names = 'labels, logs, metrics, spans, telemetry';
    write(
      'main.mjs',
      `import { register } from 'prom-client';\nimport { ${names} } from './esm/index.js';\n${program}`,
    );
    write(
      'main.cjs',
      `const { register } = require('prom-client');\nconst { ${names} } = require('./cjs/index.js');\n(async () => {${program}})();`,
    );
    write(
      'both.mjs',
      `import { createRequire } from 'node:module';
import { register } from 'prom-client';
import { metrics, telemetry } from './esm/index.js';
const other = createRequire(import.meta.url)('./cjs/index.js');
metrics.researchVisitsTotal.inc();
other.metrics.researchVisitsTotal.inc();
other.labels.tool.register(['search']);
metrics.researchToolCallsTotal.inc({ tool: 'unknown', outcome: 'ok' });
console.log(JSON.stringify({ page: await register.metrics(), stats: telemetry.stats() }));
`,
    );
    write(
      'flood.mjs',
      `import { logs } from './esm/index.js';
for (let line = 0; line < 5000; line += 1) logs.serviceStopped();
setTimeout(() => { for (let line = 0; line < 5000; line += 1) logs.serviceStopped(); process.stderr.write('survived'); }, 200);
`,
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test.each(['main.mjs', 'main.cjs'])(
    '%s: metrics and logs work, and spans say that no SDK is there',
    (file) => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const [line = '', printed = ''] = stdout.trim().split('\n');
      expect(JSON.parse(line)).toMatchObject({
        event: 'run.accepted',
        service: 'research-agent',
        detail: { password: '[redacted]' },
      });
      const { started, answer, ended, page } = JSON.parse(printed) as Printed;
      expect([started.tracing, answer, ended]).toEqual(['not_installed', 42, true]);
      expect(page).toContain('research_runs_total{agent="planner",outcome="completed"} 3\n');
      expect(page).toContain('research_runs_total{agent="planner",outcome="failed"} 1\n');
      expect(page).toContain('research_tool_calls_total{tool="search",outcome="ok"} 1\n');
      expect(page).toContain('research_visits_total 0\n');
      expect(page).toContain(
        'obsgen_dropped_total{metric="research_runs_total",reason="undeclared_value"} 1\n',
      );
    },
  );

  test('loaded as both formats in one process, they are still one set of metrics', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['both.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    const { page, stats } = JSON.parse(stdout) as { page: string; stats: { clashes: string[] } };
    expect(page).toContain('research_visits_total 2\n');
    expect(page).toContain('research_tool_calls_total{tool="__other__",outcome="ok"} 1\n');
    expect(stats.clashes).toEqual([]);
  });

  test('outlive a reader of their log lines that goes away', () => {
    const { stderr, status } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" flood.mjs | head -1 >/dev/null`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('survived');
    expect(status).toBe(0);
  });
});
