export function outer(value: number): number[] {
  const results = [before(value)];
  if (value > 0) {
    results.push(inBlock(value));
    function inBlock(given: number): number {
      return given * 10;
    }
  }
  return results;

  function before(given: number): number {
    return given + 1;
  }
}
