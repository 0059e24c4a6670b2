import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, removeStackState, type ProcessMark, type StackState } from '../state.js';
import { endDeadline } from './plan.js';

/** Between two looks, in milliseconds. */
const pause = 25;

/** Waits until a process has ended; whether it has, in time. */
async function hasEndedWithin(mark: ProcessMark, milliseconds: number): Promise<boolean> {
  const last = Date.now() + milliseconds;
  while (isAlive(mark)) {
    if (Date.now() > last) return false;
    await sleep(pause);
  }
  return true;
}

/** Asks a process to end, unless its id is somebody else's by now. */
function signalTo(mark: ProcessMark, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!isAlive(mark)) return;
  try {
    process.kill(mark.pid, signal);
  } catch (error) {
    // It ended in this very moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function end(mark: ProcessMark, patience: number): Promise<void> {
  signalTo(mark, 'SIGTERM');
  if (await hasEndedWithin(mark, patience)) return;
  signalTo(mark, 'SIGKILL');
  await hasEndedWithin(mark, patience);
}

/** Whether anything of a stack still lives. */
export function isRunning({ supervisor, parts }: StackState): boolean {
  return [supervisor, ...parts].some(isAlive);
}

/**
 * Ends a stack that another process has started: that one puts everything away itself; what it could not, because it was killed, is ended
 * here, the last that was started first.
 * @throws the system's error where a process is somebody else's
 */
export async function endNative(
  folder: string,
  state: StackState,
  onStep: (text: string) => void,
): Promise<void> {
  const { supervisor, parts } = state;
  onStep('waiting for the stack to end');
  await end(supervisor, endDeadline * (parts.length + 1));
  for (const part of [...parts].reverse()) {
    if (!isAlive(part)) continue;
    onStep(`ending ${part.part}`);
    await end(part, endDeadline);
  }
  removeStackState(folder);
}
