import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Compose } from '../../stack/run/docker/compose.js';
import { exitCodes, type ExitCode } from '../exit-code.js';

/** Runs a command of compose that speaks for itself: what it prints is printed, and that it fails is a finding. */
export async function passThrough(
  { program, args }: Compose,
  command: readonly string[],
  signal: AbortSignal,
): Promise<ExitCode> {
  const child = spawn(program, [...args, ...command], { stdio: ['ignore', 'inherit', 'inherit'] });
  // Ctrl+C reaches it by itself; a signal to this process alone does not.
  const end = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', end, { once: true });
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', end);
  return code === 0 ? exitCodes.fine : exitCodes.findings;
}
