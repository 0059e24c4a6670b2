import { spans, traceCall, traceFunction } from './generated/instrument.js';

type Options = { readonly limit: number } | undefined;

export function parse(value: string | undefined, options?: Options): number {
  if (value === undefined) return 0;
  const parts = [1, 2].map((part) => traceCall(spans.expressionCall, () => value.length + part + (options?.limit ?? 0)));
  return parts.length;
}
(parse as unknown) = traceFunction(spans.functionCall, 'parse', parse);

type Filled<T> = { [K in keyof T]-?: T[K] };
export const fill = traceFunction(spans.expressionCall, 'fill', <T extends { readonly a?: number }>(given: T): Filled<T> => ({ a: 1, ...given }) as Filled<T>);
export type Parsed = ReturnType<typeof parse>;
export type Arguments = Parameters<typeof fill>;
export const typed: (...args: Parameters<typeof parse>) => Parsed = traceFunction(spans.expressionCall, 'typed', (...args) => parse(...args));
