export class Agent {
  constructor(readonly name: string) {}
  run(task: string): string {
    return `${this.name} ran ${task}`;
  }
  async runLater(task: string): Promise<string> {
    return this.run(task);
  }
}
