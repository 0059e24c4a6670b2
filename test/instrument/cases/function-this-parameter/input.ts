interface Agent {
  readonly name: string;
}

export function describe(this: Agent, suffix: string): string {
  return `${this.name}${suffix}`;
}

export function who(this: unknown): unknown {
  return this;
}
