export function first<T, K extends keyof T>(items: readonly T[], key: K): T[K] | undefined {
  return items[0]?.[key];
}

export async function mapAll<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  return Promise.all(items.map(work));
}

export const length: number | undefined = first(['abc'], 'length');
