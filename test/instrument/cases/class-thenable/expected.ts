import { spans, traceConstruction, traceMethod } from './generated/instrument.js';

export const log: string[] = [];

export class Query {
  static {
    traceMethod(spans.methodCall, this.prototype, 'where');
    traceMethod(spans.methodCall, this.prototype, 'then');
    traceMethod(spans.methodCall, this.prototype, 'toJSON');
    traceMethod(spans.methodCall, this.prototype, 'valueOf');
  }

  constructor(private readonly rows: string[]) { traceConstruction(spans.instanceMade).end();}
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
