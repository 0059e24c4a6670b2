export interface Task {
  readonly agent: string;
  readonly text: string;
}

export async function runAgent(task: Task): Promise<{ usage: { tokens: number } }> {
  return { usage: { tokens: task.text.length * 2 } };
}

export class Agent {
  readonly owner = 'team';
  run(task: Task): string {
    return task.agent;
  }
}

export const handle: (task: Task) => string = ({ agent, text }) => `${agent} ${text}`;
export const other = (): string => 'not matched';
