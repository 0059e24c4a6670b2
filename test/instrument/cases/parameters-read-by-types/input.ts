type Options = { readonly limit: number } | undefined;

export function parse(value: string | undefined, options?: Options): number {
  if (value === undefined) return 0;
  const parts = [1, 2].map((part) => value.length + part + (options?.limit ?? 0));
  return parts.length;
}

type Filled<T> = { [K in keyof T]-?: T[K] };
export const fill = <T extends { readonly a?: number }>(given: T): Filled<T> => ({ a: 1, ...given }) as Filled<T>;
export type Parsed = ReturnType<typeof parse>;
export type Arguments = Parameters<typeof fill>;
export const typed: (...args: Parameters<typeof parse>) => Parsed = (...args) => parse(...args);
