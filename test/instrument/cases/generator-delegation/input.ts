export function* leaves(tree: readonly unknown[]): Generator<unknown, number> {
  let count = 0;
  for (const node of tree) {
    if (Array.isArray(node)) count += yield* leaves(node as unknown[]);
    else {
      count += 1;
      yield node;
    }
  }
  return count;
}
