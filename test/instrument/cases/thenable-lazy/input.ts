export const log: string[] = [];

export class Query implements PromiseLike<string[]> {
  #table = '';
  from(table: string): this {
    this.#table = table;
    return this;
  }
  then<R1 = string[], R2 = never>(
    resolved?: ((rows: string[]) => R1 | PromiseLike<R1>) | null,
    rejected?: ((reason: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    log.push(`ran ${this.#table}`);
    return Promise.resolve([this.#table]).then(resolved, rejected);
  }
}

export function select(): Query {
  return new Query();
}

export function selectFrom(table: string): Query {
  return select().from(table);
}
