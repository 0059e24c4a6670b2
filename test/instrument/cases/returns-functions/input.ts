export function curry(left: number) {
  return function inner(right: number) {
    return (third: number): number => left + right + third;
  };
}

export function identity<T>(value: T): T {
  return value;
}
