import { spans, traceFunction } from './generated/instrument.js';

export interface Task {
  readonly name: string;
}

export const shout = traceFunction(spans.expressionCall, 'shout', (text: string): string => text.toUpperCase());
