import {
  accessSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { EverythingFound, type Baseline } from '../baseline/baseline.js';
import { baselineAt } from '../baseline/beside.js';
import { printBaseline, type BaselineEntry } from '../baseline/file.js';
import { baselinePath } from '../baseline/path.js';
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
  const baseline = baselineAt(path);
  if (baseline !== undefined) return baseline;
  throw new UsageError(`there is no baseline at ${path}`, [
    `write it with \`obs-gen validate --baseline ${path} --write-baseline\``,
  ]);
}

/** A baseline that is to be written. */
export interface NewBaseline {
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** `3 findings accepted -> path`. */
export function acceptedLine({ path, entries }: NewBaseline): string {
  const count = entries.reduce((sum, each) => sum + each.count, 0);
  return `${count} ${count === 1 ? 'finding' : 'findings'} accepted -> ${path}\n`;
}

/**
 * Writes all of some baselines or none: each is on the disk beside its place before the first is renamed.
 * @throws UsageError
 */
export function putBaselines(baselines: readonly NewBaseline[]): void {
  const staged: { readonly temporary: string; readonly target: string }[] = [];
  for (const { path, entries } of baselines) {
    try {
      const text = printBaseline(entries);
      const target = writableTarget(path);
      if (target !== undefined && readFileSync(target, 'utf8') === text) continue;
      const temporary = `${target ?? path}.${process.pid}.tmp`;
      writeFileSync(temporary, text, { flag: 'wx' });
      staged.push({ temporary, target: target ?? path });
    } catch (error) {
      for (const { temporary } of staged) rmSync(temporary, { force: true });
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UsageError(`the baseline ${path} cannot be written: ${code ?? message}`);
    }
  }
  for (const { temporary, target } of staged) renameSync(temporary, target);
}

/** The file behind a path, which may be a link; undefined where there is none. @throws where it may not be written */
function writableTarget(path: string): string | undefined {
  let target;
  try {
    target = realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (!statSync(target).isFile()) throw new Error('it is not a regular file');
  accessSync(target, constants.W_OK);
  return target;
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
  const written = { path: args.baseline ?? baselinePath(args.spec), entries: found.entries };
  putBaselines([written]);
  if (args.quiet !== true) (args.format === 'pretty' ? print : printError)(acceptedLine(written));
  return exitCodes.fine;
}
