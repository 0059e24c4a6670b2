import { resolve } from 'node:path';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { staleOnDisk } from '../stale.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';
import type { UpArguments } from './arguments.js';

/** A spec, and that its output is what it compiles to. */
export interface Built {
  readonly model: Model;
  readonly stack: Stack;
  /** Absolute paths. */
  readonly spec: string;
  readonly out: string;
}

/** Files that the programs of a stack read, in containers and without. */
const ofContainers = /^(?:stack|prometheus|alertmanager|grafana)\//;
const ofPrograms = /^(?:prometheus\/rules|alertmanager)\//;

/** Emitters that the files of programs come from: all others take time for nothing. */
const emittersOfPrograms = ['prometheus-rules', 'alertmanager'] as const;

const help =
  'run `obs-gen build` first, or let it be built with --build: what runs has to be what the spec says';

/** Files that are named where many are stale. */
const named = 5;

/**
 * Reads the spec, builds it where that is asked for, and makes sure that the output is current.
 * @returns the exit code where it is not, once it has been said why
 * @throws UsageError where the spec has no stack
 */
export async function requireBuilt(args: UpArguments): Promise<Built | ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  if (args.build === true) {
    const { buildOnce } = await import('../build/once.js');
    const { spec, out } = args;
    const nothing = { strict: undefined, check: undefined, 'dry-run': undefined, watch: undefined };
    const { exitCode } = await buildOnce({
      ...nothing,
      spec,
      out,
      format: 'pretty',
      quiet: true,
      force: undefined,
    });
    if (exitCode !== exitCodes.fine) return exitCode;
  }
  const { compile } = await import('../../compile.js');
  const isNative = args.native === true;
  const { model, files, diagnostics } = compile(args.spec, date, isNative ? emittersOfPrograms : undefined);
  if (model === undefined || files === undefined) {
    await report(diagnostics, { format: 'pretty' });
    return exitCodeOf(diagnostics, false);
  }
  const { stack } = model;
  if (stack === undefined)
    throw new UsageError(`${args.spec} has no stack`, [
      'write `stack: {}` in it for one with all defaults, and build',
    ]);
  const wanted = files.filter(({ path }) => (isNative ? ofPrograms : ofContainers).test(path));
  const stale = await staleOnDisk(wanted, args.out, help);
  if (stale.length > 0) {
    await report(stale.slice(0, named), { format: 'pretty' });
    return exitCodes.findings;
  }
  return { model, stack, spec: resolve(args.spec), out: resolve(args.out) };
}
