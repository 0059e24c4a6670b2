export class NotFound extends Error {
  override name = 'NotFound';
  constructor(readonly key: string) {
    super(`no ${key}`);
  }
  describe(): string {
    return `${this.name}: ${this.message}`;
  }
  override toString(): string {
    return this.describe();
  }
}

export class Stack<T> extends Array<T> {
  peek(): T | undefined {
    return this[this.length - 1];
  }
  static get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export class Queue<T> extends Map<string, T> {
  constructor(entries: Iterable<readonly [string, T]> = []) {
    super(entries);
    this.set('last', undefined as T);
  }
  override set(key: string, value: T): this {
    return super.set(key, value);
  }
}
