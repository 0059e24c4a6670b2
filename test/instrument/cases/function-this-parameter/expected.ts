import { spans, traceFunction } from './generated/instrument.js';

interface Agent {
  readonly name: string;
}

export function describe(this: Agent, suffix: string): string {
  return `${this.name}${suffix}`;
}
(describe as unknown) = traceFunction(spans.functionCall, 'describe', describe);

export function who(this: unknown): unknown {
  return this;
}
(who as unknown) = traceFunction(spans.functionCall, 'who', who);
