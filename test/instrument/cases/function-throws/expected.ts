import { spans, traceFunction } from './generated/instrument.js';

export function parse(text: string): unknown {
  if (text === '') throw new TypeError('nothing to parse');
  return JSON.parse(text);
}
(parse as unknown) = traceFunction(spans.functionCall, 'parse', parse);

export function throwAnything(thrown: unknown): never {
  throw thrown;
}
(throwAnything as unknown) = traceFunction(spans.functionCall, 'throwAnything', throwAnything);

export async function fail(): Promise<never> {
  throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
}
(fail as unknown) = traceFunction(spans.functionCall, 'fail', fail);

export function failLater(): Promise<never> {
  return Promise.reject(new Error('later'));
}
(failLater as unknown) = traceFunction(spans.functionCall, 'failLater', failLater);
