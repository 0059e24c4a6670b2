import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../../prove/run/process.js';
import { StackFault } from '../stack-fault.js';
import type { PartStatus } from '../status.js';
import { daemonFault, type Compose } from './compose.js';
import { containersOf } from './containers.js';

/** Milliseconds: images are pulled the first time, over whatever line there is. */
const upDeadline = 30 * 60_000;
/** Milliseconds until every container is healthy, once it has been started; between two looks. */
const healthDeadline = 180_000;
const pause = 1000;

/** Lines of what compose says that are shown where it fails. */
const shownLines = 15;

function named(parts: readonly PartStatus[]): string {
  return parts.map(({ part }) => part).join(', ');
}

/** What is wrong with parts that did not become healthy. */
function faults(parts: readonly PartStatus[]): readonly string[] {
  return parts.map(({ part, health, detail }) => `${part}: ${detail ?? health}`);
}

/**
 * Creates and starts the containers, and waits until each is healthy. A container that restarts over and over counts as starting until the
 * deadline.
 * @throws StackFault, Interrupted
 */
export async function composeUp(
  compose: Compose,
  options: { readonly isTls: boolean; readonly signal: AbortSignal; readonly onStep: (text: string) => void },
): Promise<readonly PartStatus[]> {
  const { isTls, signal, onStep } = options;
  onStep('starting the containers; the first time, images are pulled');
  const { status, stdout, stderr } = await runProgram({
    program: compose.program,
    args: [...compose.args, 'up', '--detach', '--remove-orphans'],
    deadline: upDeadline,
    signal,
  });
  if (status !== 0)
    throw (
      daemonFault(stdout + stderr) ??
      new StackFault('docker compose up fails', (stderr + stdout).trim().split('\n').slice(-shownLines))
    );
  const last = Date.now() + healthDeadline;
  for (;;) {
    const parts = await containersOf(compose, isTls, signal);
    const waiting = parts.filter(({ health }) => health !== 'up');
    const ended = waiting.filter(({ health }) => health === 'down');
    if (waiting.length === 0 && parts.length > 0) return parts;
    if (ended.length > 0 || Date.now() > last)
      throw new StackFault(`the stack is not healthy: ${named(waiting)}`, [
        ...faults(waiting),
        '',
        '`obs-gen stack logs PART` shows what a part says, `obs-gen stack down` ends the others',
      ]);
    onStep(`waiting for ${named(waiting)}`);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
