import { spans, traceFunction } from './generated/instrument.ts';

export const other = traceFunction(spans.expressionCall, 'other', (): string => 'other');
