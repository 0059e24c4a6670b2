import { basename } from 'node:path';
import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export async function name(path: string): Promise<string> {
  return basename(path);
}
(name as unknown) = traceFunction(spans.functionCall, 'name', name);

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  run(task: string): string {
    return `ran
${task}`;
  }
}

export const short = traceFunction(spans.expressionCall, 'short', (path: string): string => basename(path));
