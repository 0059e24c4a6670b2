import { spans, traceFunction } from './generated/instrument.js';

export async function run(task: string): Promise<string> {
  if (task === '') throw new Error('no task');
  return task;
}
(run as unknown) = traceFunction(spans.agentRun, 'run', run);
