import { spans, traceFunction } from './generated/instrument.js';

export async function runAgent(task: { readonly agent: string; readonly text: string }): Promise<string> {
  await Promise.resolve();
  return `${task.agent} did ${task.text}`;
}
(runAgent as unknown) = traceFunction(spans.functionCall, 'runAgent', runAgent);
