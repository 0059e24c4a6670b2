export const log: string[] = [];
const note = <T>(text: string, value: T): T => {
  log.push(text);
  return value;
};

export class Base {
  first = note('base first', 1);
  static made = note('static', 0);
  handler = (): number => this.first;
  constructor() {
    note('base constructor', 0);
    this.start();
  }
  start(): void {
    note('base start', 0);
  }
}

export class Derived extends Base {
  second = note('derived second', 2);
  [note('computed key', 'third')] = note('derived third', 3);
  constructor() {
    note('before super', 0);
    super();
    note('after super', 0);
  }
  override start(): void {
    note(`derived start ${String(this.second)}`, 0);
  }
}
