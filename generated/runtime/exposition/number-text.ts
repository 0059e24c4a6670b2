// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** The digits of 00 to 99, one pair after the other. */
const pairs = Uint8Array.from({ length: 200 }, (_, index) => {
  const pair = index >> 1;
  return 48 + (index % 2 === 0 ? Math.floor(pair / 10) : pair % 10);
});

/** The most bytes that a number takes. */
export const maxNumberBytes = 32;

/** A number as both formats write it. */
export function numberText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

/**
 * A bucket's bound as OpenMetrics asks for it: as Go prints a float with the fewest digits, and `.0` behind a whole number, so that a
 * bucket is the same series whoever wrote it.
 */
export function canonicalBound(bound: number): string {
  if (!Number.isFinite(bound)) return numberText(bound);
  const [mantissa = '', exponent = '0'] = bound.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const plain = String(bound);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** Writes a number at a place of which `maxNumberBytes` bytes follow; returns where it ends. */
export function writeNumber(target: Uint8Array, start: number, value: number): number {
  if (value >= 0 && value < 1e9 && (value | 0) === value) return writeInteger(target, start, value | 0);
  const text = numberText(value);
  for (let index = 0; index < text.length; index += 1) target[start + index] = text.charCodeAt(index);
  return start + text.length;
}

/** Of a whole number from 0 to 999,999,999: most values on a page are one, and two digits at once are quick. */
function writeInteger(target: Uint8Array, start: number, value: number): number {
  const end = start + digitsOf(value);
  let place = end;
  let rest = value;
  while (rest >= 100) {
    const next = (rest / 100) | 0;
    const pair = (rest - next * 100) * 2;
    target[--place] = pairs[pair + 1] ?? 0;
    target[--place] = pairs[pair] ?? 0;
    rest = next;
  }
  if (rest >= 10) {
    target[place - 1] = pairs[rest * 2 + 1] ?? 0;
    target[place - 2] = pairs[rest * 2] ?? 0;
  } else {
    target[place - 1] = 48 + rest;
  }
  return end;
}

function digitsOf(value: number): number {
  if (value < 10) return 1;
  if (value < 100) return 2;
  if (value < 1000) return 3;
  if (value < 10_000) return 4;
  if (value < 100_000) return 5;
  if (value < 1_000_000) return 6;
  if (value < 10_000_000) return 7;
  return value < 100_000_000 ? 8 : 9;
}
