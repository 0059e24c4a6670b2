export class Shape {
  readonly kind: string;
  constructor() {
    if (new.target === Shape) throw new TypeError('abstract');
    this.kind = new.target.name;
  }
}

export class Circle extends Shape {}
