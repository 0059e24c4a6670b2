import { spans, traceFunction } from './generated/instrument.js';

(rank as unknown) = traceFunction(spans.functionCall, 'rank', rank);
(decorated as unknown) = traceFunction(spans.functionCall, 'decorated', decorated);
export class Agent {
  static readonly order = rank('class');
  readonly run = decorated;
}

export const table = new Map([['decorated', decorated]]);

function rank(text: string): number {
  return text.length;
}

function decorated(text: string): string {
  return `*${text}*`;
}
