export function outer(..._rest: unknown[]): unknown[] {
  const inner = (first: unknown): unknown[] => [arguments.length, arguments[0], first];
  return inner('own');
}

export function Outer(this: unknown): boolean {
  const inner = (): boolean => new.target !== undefined;
  return inner();
}

export class Base {
  greet(): string {
    return 'base';
  }
}

export class Derived extends Base {
  override greet(): string {
    const inner = (): string => `${super.greet()} derived`;
    return inner();
  }
}
