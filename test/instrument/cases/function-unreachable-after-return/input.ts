export function make(): () => string {
  return inner;

  function inner(): string {
    return 'inner';
  }
}
