export function counter(): { next(): number; reset(): void } {
  let value = 0;
  function next(): number {
    value += 1;
    return value;
  }
  function reset(): void {
    value = 0;
  }
  return { next, reset };
}
