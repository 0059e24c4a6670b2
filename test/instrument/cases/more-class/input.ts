export class Store {
  readonly kind: string;
  #size = 0;

  constructor(kind: string) {
    this.kind = kind;
  }

  static of(kind: string): Store {
    return new Store(kind);
  }

  get size(): number {
    return this.#size;
  }

  set size(size: number) {
    if (size < 0) throw new RangeError('less than nothing');
    this.#size = size;
  }

  async add(size: number): Promise<number> {
    await Promise.resolve();
    return this.#grow(size);
  }

  #grow(size: number): number {
    this.size += size;
    return this.size;
  }

  *steps(): Generator<number, number> {
    yield 1;
    return 2;
  }

  async *pages(): AsyncGenerator<number, void> {
    yield await Promise.resolve(this.size);
  }

  readonly twice = (): number => this.#size * 2;
}
