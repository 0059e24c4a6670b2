import { AsyncLocalStorage } from 'node:async_hooks';

export const storage = new AsyncLocalStorage<string>();

export async function inner(): Promise<string | undefined> {
  await new Promise((resolve) => setImmediate(resolve));
  return storage.getStore();
}

export function* values(): Generator<string | undefined> {
  yield storage.getStore();
  yield storage.getStore();
}
