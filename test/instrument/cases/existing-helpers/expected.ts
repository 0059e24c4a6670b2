import { spans } from './generated/spans.js';
import { traceMethod } from './generated/instrument.js';

export async function traced(text: string): Promise<string> {
  return spans.agentRun({}, async () => text);
}

export class Agent {
  static {
    traceMethod(spans.agentRun, this.prototype, 'plain');
  }

  run(): string {
    return spans.agentRun({}, () => 'ran');
  }
  plain(): string {
    return 'plain';
  }
}
