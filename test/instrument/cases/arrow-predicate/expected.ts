import { spans, traceFunction } from './generated/instrument.js';

export const isText = traceFunction(spans.expressionCall, 'isText', (value: unknown): value is string => typeof value === 'string');
export const isNumber = traceFunction(spans.expressionCall, 'isNumber', (value: unknown) => typeof value === 'number');
export const texts: string[] = ['a', 1].filter(isText);
export const numbers: number[] = ['a', 1].filter(isNumber);
export const inferred: number[] = ['a', 1].filter((value) => typeof value === 'number');
