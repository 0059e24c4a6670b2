export class Point {
  readonly x: number;
  constructor(x: number);
  constructor(text: string);
  constructor(given: number | string) {
    this.x = Number(given);
  }
  scale(by: number): Point;
  scale(by: string): string;
  scale(by: number | string): Point | string {
    return typeof by === 'number' ? new Point(this.x * by) : `${this.x}${by}`;
  }
}
