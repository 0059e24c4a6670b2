import { spans, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

export function* guarded(): Generator<string, string> {
  try {
    yield 'one';
    yield 'two';
  } catch (error) {
    log.push(`caught ${String(error)}`);
    yield 'after error';
  } finally {
    log.push('closed');
  }
  return 'end';
}
(guarded as unknown) = traceFunction(spans.functionCall, 'guarded', guarded);

export function* stubborn(): Generator<number> {
  try {
    yield 1;
  } finally {
    yield 2;
  }
}
(stubborn as unknown) = traceFunction(spans.functionCall, 'stubborn', stubborn);

export function* failing(): Generator<number> {
  yield 1;
  throw new Error('in the middle');
}
(failing as unknown) = traceFunction(spans.functionCall, 'failing', failing);
