import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig, type Plugin } from 'vitest/config';

/** Files that take most of a minute or more: begun last, one of them would keep the end waiting while other workers have nothing left to do. */
const long = new RegExp(
  `/(?:${[
    'aggregate/cluster',
    'cases',
    'cli/(?:commands|gpu|instrument|lifecycle|stack)',
    'e2e/(?:agent|alerting|dashboards|dashboards-pictures|stack-native)',
    'emit/typescript/(?:compile|format|gpu-file|lint)',
    'errors/sentry',
    'faults/[\\w-]+',
    'inspect/(?:diff/(?:compiled-callers|rename-prometheus)|trace/scale)',
    'mcp/client',
    'instrument/(?:apply-\\w+|cases|properties|tree-workers)',
    'presets/alerts',
    'preview/(?:page/(?:accessibility|page)|sample/panels|server/cli)',
    'prove/(?:alerts|slo)/\\w+',
    'sdk/(?:faults|processes)',
    'tool/faults',
    'toolchain',
  ].join('|')})\\.test\\.ts$`,
);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    const isPure = ({ project }: TestSpecification): boolean => project.name === 'pure';
    const rest = sorted.filter((file) => !isLong(file));
    return [
      // The sequencer has the isolated ones of these first.
      ...sorted.filter(isLong),
      // A process with loaded modules is kept only while the next file can do with it, so all that share them come in one go.
      ...rest.filter(isPure),
      ...rest.filter((file) => !isPure(file)),
    ];
  }
}

/**
 * Tests of stages and parts of the runtime that are pure functions, and of previews, each of which is closed again: nothing that one leaves
 * behind can be seen by the next, so they share loaded modules; a process of its own costs a file more than a second. Those of the codemod
 * that run what they have instrumented have a tracer of their own, and a process is given one once.
 */
const folders = [
  'alertmanager',
  'analyze',
  'baseline',
  'dashboard-lint',
  'dashboards',
  'docs',
  'emit',
  'fix',
  'inspect/infer',
  'inspect/lifecycle',
  'language-server',
  'migrate',
  'model',
  'openslo',
  'plan',
  'presets',
  'preview',
  'promql',
  'properties',
  'prove',
  'slo',
  'spec',
  'targets',
];
const pure = [
  'test/*.test.ts',
  'test/e2e/dashboards-pictures.test.ts',
  ...folders.map((folder) => `test/${folder}/**/*.test.ts`),
  'test/agents/compile.test.ts',
  'test/aggregate/merge.test.ts',
  'test/cli/{completion-line,exit-code,plan-summary,render-*,sort}.test.ts',
  'test/correlation/{emit,headers}.test.ts',
  'test/cost/{prices,usage}.test.ts',
  'test/e2e/exposition.test.ts',
  'test/fleet/{fleet,kept-fleet,mend}.test.ts',
  'test/init/{next-steps,questions}.test.ts',
  'test/exposition/{negotiation,text-of-numbers}.test.ts',
  'test/gpu/docs.test.ts',
  'test/inspect/diff/{pairs,properties,allowances,bridge,render,rename-call-sites,compiled-callers}.test.ts',
  'test/inspect/exposition/*.test.ts',
  'test/inspect/live-check/{metrics,otlp,report,matcher,properties,suppressed}.test.ts',
  'test/inspect/trace/{agents,cases,critical-path,page,properties,scale,tree}.test.ts',
  'test/logs/lines.test.ts',
  'test/mcp/{kept,protocol}.test.ts',
  'test/metrics/{admission,bucket-search,dense-rows,handles,hashed-rows}.test.ts',
  'test/output/{manifest,paths}.test.ts',
  'test/redaction/*.test.ts',
  'test/runtime/gpu/parse/*.test.ts',
  'test/runtime/gpu/{visible-devices,wanted}.test.ts',
  'test/runtime/instrument/types.test.ts',
  'test/security/{address,audit,frequency}.test.ts',
  'test/instrument/!(properties|*-behaviour|more-running).test.ts',
  'test/instrument/*/**/*.test.ts',
];

/**
 * `npm test` builds first, and then tests import what was built rather than what it was built from: Node loads it as it is, where each file's
 * process would have hundreds of modules handed over one by one. The page of previews is built into one file, which no test can import from.
 */
const built: Plugin = {
  name: 'built',
  enforce: 'pre',
  resolveId(source, importer) {
    const [, path] = /^(?:\.\.\/)+src\/(?!preview\/page\/)(.+\.js)$/.exec(source) ?? [];
    if (path === undefined || importer?.startsWith(join(import.meta.dirname, 'test/')) !== true)
      return undefined;
    return { id: join(import.meta.dirname, 'dist', path), external: true };
  },
};

export default defineConfig({
  plugins: process.env['OBSGEN_TESTS_OF'] === 'dist' ? [built] : [],
  test: {
    setupFiles: ['test/support/seed.ts'],
    // Only against what never ends: how long something takes depends on what else the machine does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // A failure on another machine is read from its message alone.
    chaiConfig: { truncateThreshold: 2000 },
    // Two cores, and tests that wait half of their time: for the disk, to which promtool writes each scenario's series through, and for timers.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...pure],
        },
      },
    ],
  },
});
