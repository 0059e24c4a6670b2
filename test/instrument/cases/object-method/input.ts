const key = 'computed';

export const api = {
  name: 'api',
  sync(value: number): string {
    return `${this.name} ${value}`;
  },
  async later(value: number): Promise<string> {
    return `${this.name} ${value}`;
  },
  *values(): Generator<string> {
    yield this.name;
  },
  async *stream(): AsyncGenerator<string> {
    yield this.name;
  },
  [key](): string {
    return 'computed';
  },
  [Symbol.toPrimitive](): string {
    return 'primitive';
  },
  'quoted-name'(): string {
    return 'quoted';
  },
  12(): string {
    return 'number';
  },
  get size(): number {
    return this.name.length;
  },
  set size(value: number) {
    this.name = 'x'.repeat(value);
  },
};
