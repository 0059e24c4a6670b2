import { spans, traceFunction } from './generated/instrument.js';

export async function* numbers(): AsyncGenerator<number, number> {
  yield Promise.resolve(1);
  return Promise.resolve(2);
}
(numbers as unknown) = traceFunction(spans.functionCall, 'numbers', numbers);

export async function* delegated(): AsyncGenerator<number, number> {
  return yield* numbers();
}
(delegated as unknown) = traceFunction(spans.functionCall, 'delegated', delegated);
