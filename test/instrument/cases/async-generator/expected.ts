import { spans, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

export async function* chunks(count: number): AsyncGenerator<string, string, string | undefined> {
  log.push('started');
  for (let index = 0; index < count; index += 1) {
    await Promise.resolve();
    const told = yield `chunk ${index}`;
    if (told !== undefined) log.push(told);
  }
  return 'done';
}
(chunks as unknown) = traceFunction(spans.functionCall, 'chunks', chunks);

export async function collect(count: number): Promise<string[]> {
  const found: string[] = [];
  for await (const chunk of chunks(count)) found.push(chunk);
  return found;
}
(collect as unknown) = traceFunction(spans.functionCall, 'collect', collect);
