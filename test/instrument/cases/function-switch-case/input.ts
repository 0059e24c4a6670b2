export function choose(kind: string): string {
  switch (kind) {
    case 'early':
      return later();
    case 'late': {
      return later();
    }
    default:
      function later(): string {
        return `${kind} chosen`;
      }
      return later();
  }
}
