export const anonymous = function (text: string): string {
  return text;
};
export const named = function inner(depth: number): number {
  return depth === 0 ? 0 : 1 + inner(depth - 1);
};
export const later = async function (this: { name: string } | undefined): Promise<string> {
  return this?.name ?? 'no one';
};
export const values = function* (): Generator<number> {
  yield 1;
};
export const stream = async function* named2(): AsyncGenerator<number> {
  yield* [1, 2];
};
