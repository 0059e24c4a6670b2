export function city({ name, geo: { lat = 0, ...others } }: { name: string; geo: Record<string, number> }): string {
  return `${name} ${lat} ${Object.keys(others).join(' ')}`;
}

export async function pair([left, right = left]: readonly [number, number?]): Promise<number> {
  return left + (right ?? 0);
}
