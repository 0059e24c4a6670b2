import type { Cut } from './cut.js';

/** Turns offsets in the text without the cuts into offsets in the text with them. */
export function originOf(cuts: readonly Cut[]): (offset: number) => number {
  if (cuts.length === 0) return (offset) => offset;
  const sorted = [...cuts].sort((a, b) => a.start - b.start || a.end - b.end);
  // Where each kept stretch begins, in both texts.
  const kept: { readonly stripped: number; readonly original: number }[] = [{ stripped: 0, original: 0 }];
  let original = 0;
  let stripped = 0;
  for (const { start, end, text } of sorted) {
    if (start > original) stripped += start - original;
    stripped += text.length;
    original = Math.max(original, end);
    kept.push({ stripped, original });
  }
  return (offset) => {
    let low = 0;
    let high = kept.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((kept[middle]?.stripped ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const { stripped: from, original: to } = kept[low] ?? { stripped: 0, original: 0 };
    return to + offset - from;
  };
}
