import { type Task, shout } from './tasks.js';
import { spans, traceFunction } from './generated/instrument.js';

export const run = traceFunction(spans.expressionCall, 'run', (task: Task): string => shout(task.name));
