import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { certificatesPath } from '../../stack/certificates.js';
import { requireDaemon } from '../../stack/run/docker/compose.js';
import { containersOf } from '../../stack/run/docker/containers.js';
import { nativeStatus } from '../../stack/run/native/status.js';
import { isAlive } from '../../stack/run/state.js';
import type { PartStatus } from '../../stack/run/status.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print, printError } from '../terminal.js';
import type { StatusArguments } from './arguments.js';
import { runStackCommand } from './faults.js';
import { columns } from './table.js';
import { whichStack, type Which } from './which.js';

interface Status {
  readonly kind: Which['kind'];
  readonly parts: readonly PartStatus[];
  /** What is wrong with the whole. */
  readonly note: string | undefined;
}

async function statusOf(which: Which, out: string, signal: AbortSignal): Promise<Status> {
  if (which.kind === 'docker') {
    await requireDaemon(which.compose, signal);
    // Whether the parts speak TLS only says how their addresses begin; where they do, they have certificates.
    const isTls = existsSync(join(out, certificatesPath));
    const parts = await containersOf(which.compose, isTls, signal);
    return {
      kind: 'docker',
      parts,
      note: parts.length === 0 ? 'there are no containers of the stack' : undefined,
    };
  }
  const { state } = which;
  const parts = await nativeStatus(state);
  const note = isAlive(state.supervisor)
    ? undefined
    : 'the process that watches the parts has ended; `obs-gen stack down` ends what is left';
  return { kind: 'native', parts, note };
}

function table(parts: readonly PartStatus[]): string {
  const rows = parts.map(({ part, health, url, since, detail }) => [
    part,
    health,
    url,
    detail ?? (since === undefined ? '' : `since ${since.replace(/\.\d+Z$/, 'Z')}`),
  ]);
  return columns([['part', 'state', 'address', ''], ...rows]);
}

/** `obs-gen stack status`: 1 where a part is not up. */
export function stackStatus(args: StatusArguments): Promise<ExitCode> {
  return runStackCommand(async ({ signal, step, done }) => {
    step('asking the parts');
    const which = await whichStack(args, signal);
    const { kind, parts, note } = await statusOf(which, args.out, signal);
    done();
    if (args.format === 'json') print(`${JSON.stringify({ kind, parts, note }, undefined, 2)}\n`);
    else {
      if (parts.length > 0) print(table(parts));
      if (note !== undefined) printError(`${note}\n`);
    }
    const isUp = parts.length > 0 && note === undefined && parts.every(({ health }) => health === 'up');
    return isUp ? exitCodes.fine : exitCodes.findings;
  });
}
