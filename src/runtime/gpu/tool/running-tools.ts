import { hostProcess } from './child-process.js';

/** Ends what is still there of each tool. */
const running = new Set<() => void>();

/** Has a tool ended at once where the program ends before it; returns the way out. */
export function endWithProgram(kill: () => void): () => void {
  if (running.size === 0) hostProcess()?.once('exit', killAll);
  running.add(kill);
  return () => {
    running.delete(kill);
    if (running.size === 0) hostProcess()?.removeListener('exit', killAll);
  };
}

function killAll(): void {
  for (const kill of running) kill();
}
