export function search(query: string): string[] {
  return [query];
}
