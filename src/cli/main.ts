#!/usr/bin/env node
import { packageVersion } from '../package-root.js';

/** Set where results could not be written: the work may be done, but whoever reads them has not got them. */
let unwritable: NodeJS.ErrnoException | undefined;

/**
 * A reader that went away (`obs-gen explain | head -1`) is no fault and must not stop a build half-way: what is printed from then on goes
 * nowhere. Any other refusal (a full disk behind `> file`) is told once, at the end.
 */
function onStreamError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') unwritable ??= error;
}

process.stdout.on('error', onStreamError);
process.stderr.on('error', onStreamError);
process.on('exit', () => {
  if (unwritable === undefined) return;
  process.stderr.write(`error: the output cannot be written: ${unwritable.code ?? unwritable.message}\n`);
  process.exitCode = 2;
});

const argv = process.argv.slice(2);

process.on('uncaughtException', (error) => {
  void import('./internal-error.js').then(async ({ reportInternalError }) => {
    await reportInternalError(error, argv);
    process.exit(70);
  });
});

if (argv.length === 1 && argv[0] === '--version') {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  // Loading the command line parser costs more than all that stands above.
  const { run } = await import('./run.js');
  await run(argv);
}
