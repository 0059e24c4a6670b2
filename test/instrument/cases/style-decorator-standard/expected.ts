import { spans, traceFunction, traced } from './generated/instrument.js';

export class Agent {
  @traced(spans.agentRun, { task: 'args.0' })
  run(task: string): string {
    return `ran ${task}`;
  }

  /** Runs later. */
  @traced(spans.agentRun, { task: 'args.0' })
  async runLater(task: string): Promise<string> {
    return this.run(task);
  }

  @traced(spans.agentRun, { task: 'args.0' })
  static make(): Agent {
    return new Agent();
  }

  @traced(spans.agentRun, { task: 'args.0' })
  *steps(task: string): Generator<string> {
    yield* task;
  }

  @traced(spans.agentRun, { task: 'args.0' })
  async #hidden(task: string): Promise<string> {
    return task;
  }

  @traced(spans.agentRun, { task: 'args.0' })
  reveal(task: string): Promise<string> {
    return this.#hidden(task);
  }
}

export function start(): Agent {
  return Agent.make();
}
(start as unknown) = traceFunction(spans.agentRun, 'start', start);
