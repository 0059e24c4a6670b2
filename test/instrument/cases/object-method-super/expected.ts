import { spans, traceCall, traceFunction } from './generated/instrument.js';

const base = {
  greet(): string { return traceCall(spans.objectMethod, (): string => {
    return 'base';
  }); },
};

export const derived = {
  __proto__: base,
  greet(): string { return traceCall(spans.objectMethod, (): string => {
    return `${super.greet()} derived`;
  }); },
  async later(): Promise<string> { return await traceCall(spans.objectMethod, async (): Promise<string> => {
    const inner = traceFunction(spans.expressionCall, 'inner', (): string => super.greet());
    return inner();
  }); },
} as { greet(): string; later(): Promise<string> };
