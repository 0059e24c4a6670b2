import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Files that take most of a minute or more: begun last, one of them would keep the end waiting while other workers have nothing left to do. */
const long =
  /\/(?:e2e\/(?:dashboards|dashboards-pictures|agent|alerting)|prove\/(?:slo|alerts)\/\w+|preview\/(?:page\/page|sample\/panels)|faults\/\w+|toolchain)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores, and tests that wait for other programs a quarter of their time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
