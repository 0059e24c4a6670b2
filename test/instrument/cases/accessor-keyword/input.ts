export class Counter {
  accessor count = 0;
  static accessor total = 0;
  increment(): number {
    this.count += 1;
    Counter.total += 1;
    return this.count;
  }
}
