export function Point(this: { x: number } | void, x: number): { x: number } | undefined {
  if (new.target === undefined) return { x: -x };
  (this as { x: number }).x = x;
  return undefined;
}

Point.prototype.double = function (this: { x: number }): number {
  return this.x * 2;
};
