import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const double = traceFunction(spans.expressionCall, 'double', (value: number): number => value * 2);
export const load = traceFunction(spans.expressionCall, 'load', async (id: string): Promise<{ id: string }> => ({ id }));
export const nothing = traceFunction(spans.expressionCall, 'nothing', (): void => undefined);
export const comma = traceFunction(spans.expressionCall, 'comma', (value: number): number => (value++, value));
export const choose = traceFunction(spans.expressionCall, 'choose', (flag: boolean): ((text: string) => string) =>
  flag ? (text) => traceCall(spans.expressionCall, () => text.toUpperCase()) : (text) => traceCall(spans.expressionCall, () => text));
