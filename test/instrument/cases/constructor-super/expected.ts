import { spans, traceConstruction } from './generated/instrument.js';

export const log: string[] = [];

export class Base {
  constructor(readonly name: string) {
    const span = traceConstruction(spans.instanceMade);
    try {
    log.push(`base ${new.target.name}`);
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Derived extends Base {
  readonly length: number;
  constructor(name: string) {
    const trimmed = name.trim();
    log.push('before');
    super(trimmed);
    const span = traceConstruction(spans.instanceMade);
    try {
    this.length = this.name.length;
    log.push(`after ${this.length}`);
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Twice extends Derived {
  constructor(name: string) {
    super(`${name}${name}`);
    const span = traceConstruction(spans.instanceMade);
    try {
    if (name === 'no') throw new Error('not this one');
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Conditional extends Base {
  constructor(flag: boolean) {
    if (flag) super('yes');
    else super('no');
    log.push(this.name);
  }
}
