export namespace tools {
  export function search(query: string): string {
    return prepare(query);
  }
  function prepare(query: string): string {
    return query.trim();
  }
  export const now = (): number => 4;
}
