import './script.js';
import { spans, traceFunction } from './generated/instrument.js';

export const seen = traceFunction(spans.expressionCall, 'seen', (): unknown => (globalThis as Record<string, unknown>)['scripted']);
