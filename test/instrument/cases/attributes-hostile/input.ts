export function run(value: unknown): string {
  return typeof value;
}
