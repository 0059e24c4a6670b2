import { other } from '@/other';
import { spans, traceFunction } from './generated/instrument';

export const run = traceFunction(spans.expressionCall, 'run', (): string => other());
