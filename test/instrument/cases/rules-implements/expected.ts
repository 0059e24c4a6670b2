import { spans, traceMethod } from './generated/instrument.js';

interface Tool {
  readonly name: string;
  execute(text: string): string;
}

export class Search implements Tool {
  static {
    traceMethod(spans.toolCall, { tool: 'this.name' }, this.prototype, 'execute');
  }

  readonly name = 'search';
  execute(text: string): string {
    return `${this.name} ${text}`;
  }
}

export class Stranger {
  readonly name = 'stranger';
  execute(text: string): string {
    return text;
  }
}

class Base {
  run(): string {
    return 'base';
  }
}

export class Derived extends Base {
  static {
    traceMethod(spans.toolCall, this.prototype, 'run');
  }

  override run(): string {
    return `derived ${super.run()}`;
  }
}
