export function run(text: string): string {
  return text;
}
