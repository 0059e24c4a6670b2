export class Agent {
  readonly name = 'agent';
  names(count: number): string[] {
    return Array.from({ length: count }, () => this.name);
  }
  later(): () => Promise<string> {
    return async () => this.name;
  }
}

export function loose(this: unknown): () => unknown {
  return () => this;
}
