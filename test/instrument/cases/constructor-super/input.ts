export const log: string[] = [];

export class Base {
  constructor(readonly name: string) {
    log.push(`base ${new.target.name}`);
  }
}

export class Derived extends Base {
  readonly length: number;
  constructor(name: string) {
    const trimmed = name.trim();
    log.push('before');
    super(trimmed);
    this.length = this.name.length;
    log.push(`after ${this.length}`);
  }
}

export class Twice extends Derived {
  constructor(name: string) {
    super(`${name}${name}`);
    if (name === 'no') throw new Error('not this one');
  }
}

export class Conditional extends Base {
  constructor(flag: boolean) {
    if (flag) super('yes');
    else super('no');
    log.push(this.name);
  }
}
