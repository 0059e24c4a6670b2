import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { packageRoot, packageVersion } from '../package-root.js';
import { formats, type Format } from './options.js';
import { report } from './report.js';
import { printError } from './terminal.js';

/** The format that was asked for, read without the parser: whatever failed, a program that reads the output must be able to. */
function formatOf(argv: readonly string[]): Format {
  const flag = argv.findLastIndex((each) => each === '--format' || each.startsWith('--format='));
  const value =
    argv[flag]?.startsWith('--format=') === true ? argv[flag].slice('--format='.length) : argv[flag + 1];
  return formats.find((format) => flag >= 0 && format === value) ?? 'pretty';
}

/** A file of the package that is not there: the installation is at fault, not the code. */
function missingPart(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && path?.startsWith(packageRoot) === true
    ? path.slice(packageRoot.length)
    : undefined;
}

/** What to report of something that was thrown. */
export function internalDiagnostic(error: unknown): Diagnostic {
  const missing = missingPart(error);
  if (missing !== undefined) {
    return diagnostic('OBS9002', {
      message: `the file ${missing} of obs-gen is missing`,
      range: undefined,
      help: 'install obs-gen again',
    });
  }
  const [summary = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return diagnostic('OBS9001', {
    message: `obs-gen failed: ${summary === '' ? 'no reason given' : summary}`,
    range: undefined,
    help: [
      'this is a fault of obs-gen, whatever the spec says: please report it, with the spec or the part of it that triggers it,',
      `and with the versions: obs-gen ${packageVersion()}, Node ${process.version}, ${process.platform} ${process.arch}`,
      ...(process.env['OBSGEN_DEBUG'] === '1' ? [] : ['OBSGEN_DEBUG=1 shows where it happened']),
    ].join('\n'),
  });
}

/** Reports a fault of obs-gen itself in the format that was asked for; with OBSGEN_DEBUG=1, the stack as well. */
export async function reportInternalError(error: unknown, argv: readonly string[]): Promise<void> {
  await report([internalDiagnostic(error)], { format: formatOf(argv) });
  if (process.env['OBSGEN_DEBUG'] !== '1') return;
  printError(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
