import { spans } from './generated/spans.js';

export async function traced(text: string): Promise<string> {
  return spans.agentRun({}, async () => text);
}

export class Agent {
  run(): string {
    return spans.agentRun({}, () => 'ran');
  }
  plain(): string {
    return 'plain';
  }
}
