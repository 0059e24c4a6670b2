export const log: string[] = [];

function logged(_target: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  log.push(`${String(name)} ${typeof descriptor.value}`);
}

export class Agent {
  @logged
  run(task: string): string {
    return `ran ${task}`;
  }

  async runLater(task: string): Promise<string> {
    return this.run(task);
  }
}
