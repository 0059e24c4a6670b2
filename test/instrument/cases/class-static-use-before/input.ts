export class Agent {
  static readonly instance = Agent.create();
  static readonly handlers = { run: Agent.prototype.run };
  static create(): Agent {
    return new Agent();
  }
  run(): string {
    return 'run';
  }
}
