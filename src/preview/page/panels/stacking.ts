type Values = readonly (number | null)[];

/**
 * The tops of series that stand on each other: each the sum of itself and of those before it. Where one has no value it adds nothing,
 * and has no top of its own.
 * @param shown which of them count
 */
export function stacked(series: readonly Values[], shown: readonly boolean[]): readonly Values[] {
  const total: number[] = [];
  return series.map((values, index) => {
    if (shown[index] === false) return values;
    return values.map((value, at) => {
      if (value === null || Number.isNaN(value)) return null;
      const top = (total[at] ?? 0) + value;
      total[at] = top;
      return top;
    });
  });
}

/** Charts take no NaN: what is no number is a gap. Infinity is drawn by nobody. */
export function drawable(values: Values): (number | null)[] {
  return values.map((value) => (value === null || !Number.isFinite(value) ? null : value));
}
