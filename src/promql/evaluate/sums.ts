/** A sum that keeps what rounding loses, after Kahan and Neumaier, step by step as Prometheus adds. */
export class KahanSum {
  sum = 0;
  lost = 0;

  add(value: number): void {
    const { sum } = this;
    const total = sum + value;
    this.lost += Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
    this.sum = total;
  }

  get total(): number {
    return this.sum + this.lost;
  }
}

export function isInfinite(value: number): boolean {
  return value === Infinity || value === -Infinity;
}

/** Whether a mean that has become infinite stays as it is when a value is added to it. */
export function keepsInfinite(mean: number, value: number): boolean {
  if (!isInfinite(mean)) return false;
  return isInfinite(value) ? mean > 0 === value > 0 : !Number.isNaN(value);
}

/** The larger of two numbers as Go has it: an infinity wins over NaN. */
export function larger(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

/** The smaller of two numbers as Go has it. */
export function smaller(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}

/**
 * A power. Whole exponents are multiplied out from the lowest bit, as Go does, so that squares and cubes agree to the last bit; roots
 * other than the square root may differ in it.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (exponent === 1) return base;
  if (base === -1 && isInfinite(exponent)) return 1;
  if (base !== 0 && Number.isFinite(base)) {
    if (exponent === 0.5) return Math.sqrt(base);
    if (exponent === -0.5) return 1 / Math.sqrt(base);
  }
  const times = Math.abs(exponent);
  if (!Number.isInteger(exponent) || times > 1024 || !Number.isFinite(base)) return base ** exponent;
  let result = 1;
  let square = base;
  for (let left = times; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  const made = exponent < 0 ? 1 / result : result;
  // Where an intermediate product leaves the range, the digits are lost anyway.
  return Number.isFinite(made) && made !== 0 ? made : base ** exponent;
}
