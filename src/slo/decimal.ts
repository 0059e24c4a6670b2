/**
 * A decimal fraction: `digits` divided by ten to the power of `scale`. Exact, where doubles leave dust: 1 - 0.999 is
 * 0.0010000000000000009 in doubles.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function make(digits: bigint, scale: number): Decimal {
  return scale >= 0 ? { digits, scale } : { digits: digits * power(-scale), scale: 0 };
}

/**
 * The value of a decimal literal: `99.5`, `-1`, `1e-7`.
 * @throws where the text is none: a bug of ours, since the schema admits numbers only
 */
export function decimal(text: string): Decimal {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (found === null || whole + fraction === '') throw new Error(`bug: '${text}' is no decimal number`);
  const digits = BigInt(whole + fraction);
  return make(sign === '-' ? -digits : digits, fraction.length - Number(exponent));
}

/** The decimal that a double is printed as: 14.4 is 14.4, not the nearest binary fraction. */
export function decimalOf(value: number): Decimal {
  return decimal(String(value));
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: a.digits * power(scale - a.scale) - b.digits * power(scale - b.scale), scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const { digits } = subtract(a, b);
  return digits === 0n ? 0 : digits < 0n ? -1 : 1;
}

/** Plain digits, without an exponent and without zeros at the end. */
export function printDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}
