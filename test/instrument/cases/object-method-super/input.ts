const base = {
  greet(): string {
    return 'base';
  },
};

export const derived = {
  __proto__: base,
  greet(): string {
    return `${super.greet()} derived`;
  },
  async later(): Promise<string> {
    const inner = (): string => super.greet();
    return inner();
  },
} as { greet(): string; later(): Promise<string> };
