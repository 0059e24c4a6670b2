export class Box {
  #value: number;
  reads = 0;
  constructor(value: number) {
    this.#value = value;
  }
  get value(): number {
    this.reads += 1;
    return this.#value;
  }
  set value(next: number) {
    if (next < 0) throw new RangeError('negative');
    this.#value = next;
  }
  get double(): number {
    return this.#value * 2;
  }
  set only(next: string | number) {
    this.#value = Number(next);
  }
}
