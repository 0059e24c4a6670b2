export class Base {
  async run(task: string): Promise<string> {
    return `base ${task}`;
  }
  get name(): string {
    return 'base';
  }
}

export class Derived extends Base {
  override async run(task: string): Promise<string> {
    const inner = async (): Promise<string> => super.run(task);
    return `derived ${await inner()} ${super.name}`;
  }
}
