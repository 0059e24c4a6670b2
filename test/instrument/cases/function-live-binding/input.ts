export function strategy(): string {
  return 'first';
}

export function change(): void {
  // @ts-expect-error: a program may do that
  strategy = () => 'second';
}
