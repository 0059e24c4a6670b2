export class Registry {
  static #known = new Map<string, number>();
  static #add(name: string): number {
    Registry.#known.set(name, Registry.#known.size);
    return Registry.#known.size;
  }
  static async add(name: string): Promise<number> {
    return this.#add(name);
  }
}
