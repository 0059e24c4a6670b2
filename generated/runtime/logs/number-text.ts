// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** The decimals of thousandths, without zeros at their end. */
const decimals = Array.from({ length: 1000 }, (_, index) =>
  index === 0 ? '' : `.${String(index).padStart(3, '0').replace(/0+$/, '')}`,
);

/**
 * A finite number as `String` writes it. Numbers with up to three decimals, as most measured ones have, are put together from two whole
 * numbers: a decimal of so few digits is the shortest that stands for its number.
 */
export function numberText(value: number): string {
  if (value > 0 && value < 1e9) {
    const scaled = Math.round(value * 1000);
    if (scaled > 0 && scaled / 1000 === value) {
      const whole = Math.floor(scaled / 1000);
      return String(whole) + (decimals[scaled - whole * 1000] ?? '');
    }
  }
  return String(value);
}
