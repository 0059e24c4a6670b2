export class Pages {
  constructor(private readonly count: number) {}
  *[Symbol.iterator](): Generator<number> {
    for (let page = 1; page <= this.count; page += 1) yield page;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (const page of this) yield `page ${page}`;
  }
  *entries(): Generator<[number, Pages]> {
    for (const page of this) yield [page, this];
  }
  static async *all(): AsyncGenerator<number> {
    for (const page of new Pages(2)) yield page;
  }
}
