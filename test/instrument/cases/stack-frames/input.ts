export class Agent {
  async run(task: string): Promise<string> {
    return this.step(task);
  }
  private step(task: string): string {
    return parse(task);
  }
}

export function parse(text: string): string {
  return explode(text);
}

const explode = (text: string): string => {
  throw new Error(`cannot parse ${text}`);
};
