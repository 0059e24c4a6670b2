export async function* numbers(): AsyncGenerator<number, number> {
  yield Promise.resolve(1);
  return Promise.resolve(2);
}

export async function* delegated(): AsyncGenerator<number, number> {
  return yield* numbers();
}
