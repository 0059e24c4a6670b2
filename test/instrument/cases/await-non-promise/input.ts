export async function settle<T>(value: T | PromiseLike<T>): Promise<T> {
  return await value;
}

export async function returnThenable(): Promise<number> {
  return { then: (resolve: (value: number) => void) => resolve(5) } as unknown as Promise<number>;
}
