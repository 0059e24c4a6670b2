/** A decimal fraction: `digits` times ten to the power of minus `scale`. Exact, where doubles would leave dust (0.1 * 8 * 2 ...). */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The double nearest to the fraction, which prints as the fraction itself where that has at most 15 digits. */
function toNumber({ digits, scale }: Decimal): number {
  return Number(`${digits}e-${scale}`);
}

function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return {
    digits: a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale),
    scale,
  };
}

function progression(start: number, count: number, next: (value: Decimal) => Decimal): number[] {
  const values: number[] = [];
  let value = decimal(start);
  for (let index = 0; index < count; index += 1) {
    values.push(toNumber(value));
    value = next(value);
  }
  return values;
}

/** `start`, `start * factor`, `start * factor²`, …: `count` numbers, each correctly rounded. */
export function geometric(start: number, factor: number, count: number): number[] {
  const by = decimal(factor);
  return progression(start, count, (value) => multiply(value, by));
}

/** `start`, `start + width`, `start + 2 * width`, …: `count` numbers, each correctly rounded. */
export function arithmetic(start: number, width: number, count: number): number[] {
  const by = decimal(width);
  return progression(start, count, (value) => add(value, by));
}
