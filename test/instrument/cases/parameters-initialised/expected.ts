import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

function effect<T>(name: string, value: T): T {
  log.push(name);
  return value;
}
(effect as unknown) = traceFunction(spans.functionCall, 'effect', effect);

export function sum(left = effect('left', 1), right = effect('right', left + 1), third = () => traceCall(spans.expressionCall, () => left)): number {
  left = 10;
  return left + right + third();
}
(sum as unknown) = traceFunction(spans.functionCall, 'sum', sum);

export async function failing(value = fail()): Promise<number> {
  return value;
}
(failing as unknown) = traceFunction(spans.functionCall, 'failing', failing);

export function failingPlain(value = fail()): Promise<number> {
  return Promise.resolve(value);
}
(failingPlain as unknown) = traceFunction(spans.functionCall, 'failingPlain', failingPlain);

function fail(): number {
  throw new Error('no default');
}
(fail as unknown) = traceFunction(spans.functionCall, 'fail', fail);
