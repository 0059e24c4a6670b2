import { spans, traceFunction } from './generated/instrument';

export const other = traceFunction(spans.expressionCall, 'other', (): string => 'other');
