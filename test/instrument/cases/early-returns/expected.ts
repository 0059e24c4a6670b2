import { spans, traceFunction } from './generated/instrument.js';

export async function answer(question: string | undefined): Promise<string | undefined> {
  if (question === undefined) return;
  if (question === '') return undefined;
  try {
    if (question === 'throw') throw new Error('asked for');
    return await Promise.resolve(`answer to ${question}`);
  } catch {
    return 'caught';
  } finally {
    if (question === 'final') return 'from finally';
  }
}
(answer as unknown) = traceFunction(spans.functionCall, 'answer', answer);

export function noReturn(log: string[]): void {
  if (log.length > 0) return;
  log.push('here');
}
(noReturn as unknown) = traceFunction(spans.functionCall, 'noReturn', noReturn);
