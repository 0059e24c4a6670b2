import { spans, traced } from './generated/instrument.js';

export const log: string[] = [];

function logged(_target: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  log.push(`${String(name)} ${typeof descriptor.value}`);
}

export class Agent {
  @logged
  @traced(spans.agentRun, { task: 'args.0' })
  run(task: string): string {
    return `ran ${task}`;
  }

  @traced(spans.agentRun, { task: 'args.0' })
  async runLater(task: string): Promise<string> {
    return this.run(task);
  }
}
