export class Base {
  get name(): string {
    return 'base';
  }
  set name(_: string) {}
}

export class Derived extends Base {
  override get name(): string {
    return `${super.name} derived`;
  }
}

export class Computed {
  get ['a' + 'b'](): number {
    return 1;
  }
  get [Symbol.toStringTag](): string {
    return 'Computed';
  }
  get 'quoted-name'(): number {
    return 2;
  }
}
