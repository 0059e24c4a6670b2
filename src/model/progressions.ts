import { decimalOf, multiply, printDecimal, subtract, type Decimal } from '../slo/decimal.js';

/** Exact, where doubles would leave dust; the double nearest to a decimal prints as the decimal itself up to 15 digits. */
function progression(start: number, count: number, next: (value: Decimal) => Decimal): number[] {
  const values: number[] = [];
  let value = decimalOf(start);
  for (let index = 0; index < count; index += 1) {
    values.push(Number(printDecimal(value)));
    value = next(value);
  }
  return values;
}

/** `start`, `start * factor`, `start * factor²`, …: `count` numbers, each correctly rounded. */
export function geometric(start: number, factor: number, count: number): number[] {
  const by = decimalOf(factor);
  return progression(start, count, (value) => multiply(value, by));
}

/** `start`, `start + width`, `start + 2 * width`, …: `count` numbers, each correctly rounded. */
export function arithmetic(start: number, width: number, count: number): number[] {
  const back = decimalOf(-width);
  return progression(start, count, (value) => subtract(value, back));
}
