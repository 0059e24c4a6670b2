import { spans, traceCall, traceFunction } from './generated/instrument.js';

const run = traceFunction(spans.expressionCall, 'run', async (): Promise<string> => 'run');

const base = {
  one(): string { return traceCall(spans.objectMethod, (): string => {
    return 'one';
  }); },
};

export const api = { ...base, run, two: traceFunction(spans.expressionCall, 'two', () => 'two'), three: run };
export const { one, two = (): string => traceCall(spans.expressionCall, (): string => 'default') } = api;
export const [first = (): string => traceCall(spans.expressionCall, (): string => 'first')] = [] as (() => string)[];
