export const log: string[] = [];

export class Query {
  constructor(private readonly rows: string[]) {}
  where(text: string): this {
    log.push(`where ${text}`);
    return this;
  }
  then(resolve: (rows: string[]) => void): void {
    log.push('then');
    resolve(this.rows);
  }
  toJSON(): unknown {
    log.push('toJSON');
    return this.rows;
  }
  valueOf(): number {
    return this.rows.length;
  }
}
