import process from 'node:process';
import { defineConfig } from 'vitest/config';

/** The tests that are held against the faults of one folder, which `scripts/mutation.mjs` names. */
export default defineConfig({
  plugins: [
    {
      name: 'processes',
      // Stryker asks for threads, where tests that change the working directory cannot run.
      configureVitest: ({ project }) => {
        project.config.pool = 'forks';
      },
    },
  ],
  test: {
    include: JSON.parse(process.env['OBSGEN_MUTATION_TESTS'] ?? '[]'),
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});
