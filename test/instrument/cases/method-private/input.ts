export class Vault {
  #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  async #load(key: string): Promise<string> {
    if (key !== 'key') throw new Error('wrong key');
    return this.#value;
  }
  #check(this: Vault): boolean {
    return this.#value !== '';
  }
  *#letters(): Generator<string> {
    yield* this.#value;
  }
  async open(key: string): Promise<string> {
    return this.#check() ? this.#load(key) : 'empty';
  }
  letters(): string[] {
    return [...this.#letters()];
  }
  methods(): unknown[] {
    return [this.#load.name, this.#load.length, this.#load === this.#load];
  }
  static isVault(value: object): boolean {
    return #load in value && #value in value;
  }
}
