type Values = readonly (number | null)[];

function numbers(values: Values): readonly number[] {
  return values.filter((value): value is number => value !== null && !Number.isNaN(value));
}

function last(values: Values): number | null {
  const found = numbers(values).at(-1);
  if (found !== undefined) return found;
  // Nothing but NaN is a fact of its own: nothing to divide.
  return values.some((value) => value !== null) ? NaN : null;
}

function reduced(values: Values, of: (known: readonly number[]) => number): number | null {
  const known = numbers(values);
  return known.length === 0 ? last(values) : of(known);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What a calculation is called in the head of a legend. */
export const calcNames: ReadonlyMap<string, string> = new Map([
  ['lastNotNull', 'Last *'],
  ['last', 'Last'],
  ['firstNotNull', 'First *'],
  ['first', 'First'],
  ['mean', 'Mean'],
  ['max', 'Max'],
  ['min', 'Min'],
  ['sum', 'Total'],
  ['count', 'Count'],
  ['range', 'Range'],
  ['diff', 'Difference'],
]);

/** One number for a series, by Grafana's name of the calculation; null where the series has no values. */
export function calculate(calc: string, values: Values): number | null {
  switch (calc) {
    case 'mean':
      return reduced(values, (known) => sum(known) / known.length);
    case 'max':
      return reduced(values, (known) => known.reduce((most, value) => Math.max(most, value), -Infinity));
    case 'min':
      return reduced(values, (known) => known.reduce((least, value) => Math.min(least, value), Infinity));
    case 'sum':
      return reduced(values, sum);
    case 'count':
      return values.length;
    case 'first':
      return values[0] ?? null;
    case 'firstNotNull':
      return reduced(values, (known) => known[0] ?? 0);
    case 'last':
      return values.at(-1) ?? null;
    case 'range':
      return reduced(values, (known) => Math.max(...known) - Math.min(...known));
    case 'diff':
      return reduced(values, (known) => (known.at(-1) ?? 0) - (known[0] ?? 0));
    default:
      return last(values);
  }
}
