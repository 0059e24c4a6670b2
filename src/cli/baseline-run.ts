import { readFileSync, writeFileSync } from 'node:fs';
import { EverythingFound, type Baseline } from '../baseline/baseline.js';
import { baselineAt, baselinePath } from '../baseline/beside.js';
import { printBaseline } from '../baseline/file.js';
import { exitCodes, type ExitCode } from './exit-code.js';
import type { ReportArguments } from './options.js';
import { report } from './report.js';
import { requireSpec } from './spec-file.js';
import { print, printError } from './terminal.js';
import { today } from './today.js';
import { UsageError } from './usage-error.js';

export interface BaselineArguments {
  readonly baseline: string | undefined;
  readonly 'write-baseline': boolean | undefined;
}

/**
 * The baseline that `--baseline` names; undefined where it is not given, and then the one beside the spec counts.
 * @throws UsageError
 */
export function namedBaseline(path: string | undefined): Baseline | undefined {
  if (path === undefined) return undefined;
  try {
    return baselineAt(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new UsageError(`there is no baseline at ${path}`, [
        `write it with \`obs-gen validate --baseline ${path} --write-baseline\``,
      ]);
    throw new UsageError(`the baseline ${path} cannot be read: ${code ?? message}`);
  }
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Writes what is found now to the baseline; what no baseline can accept is reported, and then nothing is written. */
export async function writeBaseline(args: ReportArguments & BaselineArguments): Promise<ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  const { analyse } = await import('../analyse.js');
  const { hasErrors } = await import('../diagnostics/create.js');
  const found = new EverythingFound();
  const { diagnostics } = analyse(args.spec, date, found);
  await report(diagnostics, args);
  if (hasErrors(diagnostics)) {
    printError('no baseline was written: mend what no baseline can accept first\n');
    return exitCodes.findings;
  }
  const path = args.baseline ?? baselinePath(args.spec);
  const text = printBaseline(found.entries);
  if (textAt(path) !== text) {
    try {
      writeFileSync(path, text);
    } catch (error) {
      throw new UsageError(
        `the baseline ${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? ''}`,
      );
    }
  }
  const count = found.entries.reduce((sum, each) => sum + each.count, 0);
  const words = `${count} ${count === 1 ? 'finding' : 'findings'} accepted -> ${path}\n`;
  if (args.quiet !== true) (args.format === 'pretty' ? print : printError)(words);
  return exitCodes.fine;
}
