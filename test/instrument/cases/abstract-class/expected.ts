import { spans, traceAccessor, traceMethod } from './generated/instrument.js';

export abstract class Tool {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  abstract readonly name: string;
  abstract execute(input: string): Promise<string>;
  abstract get level(): number;
  run(input: string): Promise<string> {
    return this.execute(input);
  }
}

export class Search extends Tool {
  static {
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'level');
    traceMethod(spans.methodCall, this.prototype, 'execute');
  }

  readonly name = 'search';
  get level(): number {
    return 2;
  }
  async execute(input: string): Promise<string> {
    return `${this.name} ${input}`;
  }
}

export declare class Ambient {
  run(): void;
  static make(): Ambient;
}
