import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { agentsGuide } from '../../emit/agents-guide/emitter.js';
import { withSection } from '../../emit/agents-guide/section.js';
import type { AgentsArguments } from '../agents.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { print, printError } from '../terminal.js';
import { today } from '../today.js';
import { UsageError } from '../usage-error.js';

/** @returns undefined where there is none. @throws UsageError */
function read(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UsageError(
      `${path} cannot be read: ${error instanceof TypeError && code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is no UTF-8' : (code ?? message)}`,
    );
  }
}

/** Writes a file whole or not at all; a link keeps leading where it leads. @throws UsageError */
function write(path: string, text: string): void {
  const isThere = existsSync(path);
  const target = isThere ? realpathSync(path) : path;
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx', ...(isThere ? { mode: statSync(target).mode } : {}) });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be written: ${code ?? message}`);
  }
}

/** Prints the section, puts it into a file, or says whether a file has it. */
export async function runAgents(args: AgentsArguments): Promise<ExitCode> {
  requireSpec(args.spec);
  const { analyse } = await import('../../analyse.js');
  const { model, diagnostics } = analyse(args.spec, today(process.env));
  const code = exitCodeOf(diagnostics, false);
  if (model === undefined || code !== exitCodes.fine) {
    await report(diagnostics, { format: 'pretty' });
    return code;
  }
  const guide = agentsGuide(model, args.out.replace(/^\.\//, '').replace(/\/+$/, ''));
  const path = args.write;
  if (path === undefined && args.check === true)
    throw new UsageError('--check belongs to a file, and none is named', ['add --write AGENTS.md']);
  if (path === undefined) {
    print(guide);
    return exitCodes.fine;
  }
  const before = read(path);
  const after = withSection(before ?? '', guide);
  if (typeof after !== 'string')
    throw new UsageError(`${path} cannot be brought up to date: ${after.fault}`, [after.help]);
  if (args.check === true) {
    if (before === after) return exitCodes.fine;
    printError(
      `the section of obs-gen in ${path} is not what the spec says: run \`obs-gen agents --write ${path}\`\n`,
    );
    return exitCodes.findings;
  }
  if (before !== after) write(path, after);
  return exitCodes.fine;
}
