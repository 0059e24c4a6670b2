export class Agent {
  readonly name = 'agent';
  run = async (task: string): Promise<string> => `${this.name} ${task}`;
  handler: (text: string) => string = (text) => text + this.name;
  static create = (): Agent => new Agent();
  #secret = (value: number): number => value * 2;
  declare later: () => void;
  plain = function (this: unknown): unknown {
    return this;
  };
  reveal(): number {
    return this.#secret(4);
  }
}
