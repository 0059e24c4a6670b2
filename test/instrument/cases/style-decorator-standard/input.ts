export class Agent {
  run(task: string): string {
    return `ran ${task}`;
  }

  /** Runs later. */
  async runLater(task: string): Promise<string> {
    return this.run(task);
  }

  static make(): Agent {
    return new Agent();
  }

  *steps(task: string): Generator<string> {
    yield* task;
  }

  async #hidden(task: string): Promise<string> {
    return task;
  }

  reveal(task: string): Promise<string> {
    return this.#hidden(task);
  }
}

export function start(): Agent {
  return Agent.make();
}
