/**
 * How much is tried. `npm test` and CI try less of what takes minutes and is of one kind: the first of many forms, fewer texts of a property.
 * `npm run test:long` tries all of it, before a release and after a change of what is proven there.
 */
export const isLong = process.env['OBSGEN_TESTS'] === 'long';

/** Runs of a property: all of them where there is time, else a quarter, which still is more than fast-check's own hundred. */
export function runs(all: number): number {
  return isLong ? all : Math.max(Math.ceil(all / 4), Math.min(all, 100));
}

/** Of cases of one kind, as many as `npm test` has time for, from the whole length of the list; all of them in the long run. */
export function some<T>(cases: readonly T[], count: number): readonly T[] {
  if (isLong || cases.length <= count) return cases;
  return Array.from({ length: count }, (_, index) => cases[Math.floor((index * cases.length) / count)] as T);
}
