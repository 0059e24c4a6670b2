import { spans, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

export async function* guarded(): AsyncGenerator<string, string> {
  try {
    yield 'one';
    yield 'two';
  } catch (error) {
    log.push(`caught ${String(error)}`);
    yield 'after error';
  } finally {
    await Promise.resolve();
    log.push('closed');
  }
  return 'end';
}
(guarded as unknown) = traceFunction(spans.functionCall, 'guarded', guarded);

export async function* failing(): AsyncGenerator<number> {
  yield 1;
  await Promise.reject(new Error('in the middle'));
}
(failing as unknown) = traceFunction(spans.functionCall, 'failing', failing);
