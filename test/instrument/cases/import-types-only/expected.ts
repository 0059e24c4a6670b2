import type { Task } from './types.js';
import { spans, traceFunction } from './generated/instrument.js';

export async function run(task: Task): Promise<string> {
  return task.name;
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);
