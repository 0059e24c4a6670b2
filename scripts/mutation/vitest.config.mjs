import { lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';

// Stryker's copy has a file in place of the link, and what is refused for being a link would not be.
const link = join('test', 'diagnostics', 'OBS1021-link-elsewhere', 'notes.yaml');
if (!lstatSync(link).isSymbolicLink()) {
  rmSync(link);
  symlinkSync(readlinkSync(join(process.env['OBSGEN_MUTATION_ROOT'] ?? '.', link)), link);
}

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
