import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Files that take most of a minute or more: begun last, one of them would keep the end waiting while other workers have nothing left to do. */
const long =
  /\/(?:e2e\/(?:dashboards|dashboards-pictures|agent|alerting)|prove\/(?:slo|alerts)\/\w+|preview\/(?:page\/page|sample\/panels)|faults\/\w+|cli\/instrument|instrument\/(?:cases|properties|apply-\w+|tree-workers)|toolchain)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/**
 * Tests of stages that are pure functions: nothing that one leaves behind can be seen by the next, so they share loaded modules. Those of the
 * codemod that run what they have instrumented have a tracer of their own, and a process is given one once.
 */
const folders = [
  'alertmanager',
  'analyze',
  'dashboard-lint',
  'dashboards',
  'emit',
  'model',
  'openslo',
  'presets',
  'promql',
  'properties',
  'prove',
  'slo',
  'spec',
  'targets',
];
const pure = [
  ...folders.map((folder) => `test/${folder}/**/*.test.ts`),
  'test/instrument/!(properties|*-behaviour|more-running).test.ts',
  'test/instrument/*/**/*.test.ts',
];

export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores, and tests that wait for other programs a quarter of their time.
    maxWorkers: 3,
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
