import { other } from './other.ts';
import { spans, traceFunction } from './generated/instrument.ts';

export const run = traceFunction(spans.expressionCall, 'run', (): string => other());
