import { spans, traceFunction } from './generated/instrument.js';

(greet as unknown) = traceFunction(spans.functionCall, 'greet', greet);
export const atLoad = greet('load');
export const held = { greet };
const held2 = [greet];

export function greet(name: string): string {
  return `hello ${name}`;
}

export const later = held2[0]?.('array') ?? '';
