import { spans, traceFunction } from './generated/instrument.js';

export const other = traceFunction(spans.expressionCall, 'other', (): string => 'other');
