export class Loop {
  readonly #steps: string[] = [];
  async run(task: string, limit = 3): Promise<readonly string[]> {
    outer: while (true) {
      for await (const step of this.#plan(task)) {
        if (step === 'skip') continue outer;
        this.#steps.push(step);
        if (this.#steps.length >= limit) break outer;
      }
    }
    return this.#steps;
  }
  async *#plan(task: string): AsyncGenerator<string> {
    yield task;
    await null;
    yield this.#steps.length === 1 ? 'skip' : 'go';
  }
}
