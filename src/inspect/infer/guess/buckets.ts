import { bucketPresets } from '../../../model/bucket-presets.js';
import { arithmetic, geometric } from '../../../model/progressions.js';

/** Bounds as the spec writes them. */
export type WrittenBuckets =
  | readonly number[]
  | { readonly preset: string }
  | { readonly exponential: { readonly start: number; readonly factor: number; readonly count: number } }
  | { readonly linear: { readonly start: number; readonly width: number; readonly count: number } };

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((bound, index) => bound === b[index]);

const round = (value: number): number => Number(value.toPrecision(12));

/** Bounds in the shortest form that stands for the very same numbers: a preset, a progression, or a list. */
export function writtenBuckets(bounds: readonly number[]): WrittenBuckets {
  const preset = Object.entries(bucketPresets).find(([, known]) => same(known, bounds));
  if (preset !== undefined) return { preset: preset[0] };
  const [start = 0, second = 0] = bounds;
  const count = bounds.length;
  // Of three or four bounds, the list says more than how they were made.
  if (count < 5) return bounds;
  const factor = round(second / start);
  if (start > 0 && factor > 1 && factor <= 1000 && same(geometric(start, factor, count), bounds))
    return { exponential: { start, factor, count } };
  const width = round(second - start);
  if (width > 0 && same(arithmetic(start, width, count), bounds)) return { linear: { start, width, count } };
  return bounds;
}
