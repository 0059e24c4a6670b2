export function broken(): number {
  const text: number = 'not a number';
  return text;
}

export const inferred = (value): unknown => value;
