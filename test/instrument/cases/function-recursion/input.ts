export function factorial(value: number): number {
  return value <= 1 ? 1 : value * factorial(value - 1);
}

export function isEven(value: number): boolean {
  return value === 0 || isOdd(value - 1);
}

function isOdd(value: number): boolean {
  return value !== 0 && isEven(value - 1);
}
