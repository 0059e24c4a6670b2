/** Reads a stream to its end; returns how many parts it had. */
export async function drain(parts: AsyncIterable<unknown>): Promise<number> {
  const iterator = parts[Symbol.asyncIterator]();
  let count = 0;
  while ((await iterator.next()).done !== true) count += 1;
  return count;
}
