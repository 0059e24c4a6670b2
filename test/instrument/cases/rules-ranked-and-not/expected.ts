import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export class LoudAgent {
  static {
    traceMethod(spans.agentRun, this.prototype, 'run');
  }

  async run(): Promise<string> {
    return this.prepare();
  }
  prepare(): string {
    return 'loud';
  }
}

export class SilentAgent {
  static {
    traceMethod(spans.otherRun, this.prototype, 'run');
  }

  async run(): Promise<string> {
    return 'silent';
  }
  plain(): string {
    return hidden();
  }
}

function hidden(): string {
  return 'hidden';
}

export function shown(): string {
  return hidden();
}
(shown as unknown) = traceFunction(spans.otherRun, 'shown', shown);
