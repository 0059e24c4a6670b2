import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export interface Task {
  readonly agent: string;
  readonly text: string;
}

export async function runAgent(task: Task): Promise<{ usage: { tokens: number } }> {
  return { usage: { tokens: task.text.length * 2 } };
}
(runAgent as unknown) = traceFunction(spans.agentRun, { agent: 'args.0.agent', length: 'args.0.text.length', tokens: 'result.usage.tokens' }, 'runAgent', runAgent);

export class Agent {
  static {
    traceMethod(spans.agentRun, { owner: 'this.owner', agent: 'args.0.agent' }, this.prototype, 'run');
  }

  readonly owner = 'team';
  run(task: Task): string {
    return task.agent;
  }
}

export const handle: (task: Task) => string = traceFunction(spans.agentRun, { agent: 'args.0.agent' }, 'handle', ({ agent, text }) => `${agent} ${text}`);
export const other = (): string => 'not matched';
