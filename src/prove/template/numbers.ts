/** The largest number of digits that JavaScript prints. */
const mostDigits = 100;

/**
 * Rounded digits as Go has them. JavaScript rounds a tie upwards, Go to the even digit.
 * @param print one of toFixed and toPrecision's kin, by number of digits
 * @param digits how many are wanted
 */
function toEven(value: number, print: (of: number, digits: number) => string, digits: number): string {
  const rounded = print(value, digits);
  const exact = print(value, Math.min(mostDigits, digits + 40));
  const [mantissa = '', exponent = ''] = exact.split('e');
  const shown = rounded.split('e')[0]?.replace(/\D/g, '').length ?? 0;
  const all = mantissa.replace(/\D/g, '');
  const isTie = /^50*$/.test(all.slice(shown)) && exponent === (rounded.split('e')[1] ?? '');
  if (!isTie || Number(all[shown - 1]) % 2 === 1) return rounded;
  // The digits before a tie that ends in an even one stay as they are.
  const kept = mantissa.slice(0, rounded.split('e')[0]?.length ?? 0).replace(/\.$/, '');
  return exponent === '' ? kept : `${kept}e${exponent}`;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : undefined;
}

function withExponent(mantissa: string, exponent: number): string {
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%.2f` of Go's printf. */
export function fixed(value: number, digits: number): string {
  // From here on JavaScript prints an exponent.
  if (Math.abs(value) >= 1e21 && Number.isFinite(value))
    return `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  return special(value) ?? toEven(value, (of, count) => of.toFixed(count), digits);
}

/** `%.2e` of Go's printf. */
export function exponential(value: number, digits: number): string {
  const found = special(value);
  if (found !== undefined) return found;
  const [mantissa = '', exponent = '0'] = toEven(value, (of, count) => of.toExponential(count), digits).split(
    'e',
  );
  return withExponent(mantissa, Number(exponent));
}

/** From this power of ten on, and below -4, Go's shortest form has an exponent. */
const shortestLimit = 6;

/** `%g` of Go's printf, with at most so many digits or the fewest that say the number; `%v` and a plain value are the latter. */
export function general(value: number, digits?: number): string {
  const found = special(value);
  if (found !== undefined) return found;
  const precision = digits === undefined ? undefined : Math.max(1, digits);
  const text =
    precision === undefined
      ? value.toExponential()
      : toEven(value, (of, count) => of.toExponential(count), precision - 1);
  const [rounded = '', exponentText = '0'] = text.split('e');
  const mantissa = rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded;
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= (precision ?? shortestLimit)) return withExponent(mantissa, exponent);
  return plain(mantissa, exponent);
}

function plain(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.padEnd(exponent + 1, '0');
  const rest = whole.slice(exponent + 1);
  return `${sign}${whole.slice(0, exponent + 1)}${rest === '' ? '' : `.${rest}`}`;
}
