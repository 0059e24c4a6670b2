import { isOverCap, suggestedCap, type Observed } from '../cardinality.js';

/** One label in a report. */
export interface LabelRow {
  readonly key: string;
  readonly wire: string;
  readonly kind: 'closed' | 'registered' | 'open';
  /** Distinct values; `__other__` is none. */
  readonly seen: number;
  readonly isAtLeast: boolean;
  /** The cap, or how many values are listed. */
  readonly bound: number;
  readonly hasOverflow: boolean;
  /** Whether the next value will share `__other__`, or values do already. */
  readonly isFull: boolean;
  /** What the cap should be by what was seen; undefined where the one that stands will do. */
  readonly suggested: number | undefined;
  readonly metrics: number;
}

/** A cap of which so little is used that another is worth a thought. */
const roomy = 4;

/** Labels with what was seen of them: those with a cap first, and of them those that fill it most. */
export function labelRows(observed: readonly Observed[]): readonly LabelRow[] {
  return observed
    .map((each): LabelRow => {
      const { label, distinct, isAtLeast, hasOverflow, metrics } = each;
      const bound = label.bound.kind === 'closed' ? label.bound.values.length : label.bound.cap;
      const wanted = suggestedCap(each);
      // A cap of 1 is that of a label which says what there is one of, such as a version.
      const isFull = isOverCap(each) || (label.bound.kind === 'open' && distinct === bound && bound > 1);
      const isWorth = wanted !== undefined && (isFull ? wanted > bound : wanted * roomy <= bound);
      return {
        ...{ key: label.key, wire: label.wire, kind: label.bound.kind, seen: distinct, isAtLeast, bound },
        ...{ hasOverflow, isFull, suggested: isWorth ? wanted : undefined, metrics: metrics.size },
      };
    })
    .sort(
      (a, b) =>
        Number(a.kind === 'closed') - Number(b.kind === 'closed') ||
        Number(b.isFull) - Number(a.isFull) ||
        b.seen / b.bound - a.seen / a.bound ||
        (a.key < b.key ? -1 : 1),
    );
}

/** What there is to say of a label: `cap: 30 would make room`, or nothing. */
export function adviceOf({ hasOverflow, isFull, suggested }: LabelRow): string {
  const other = hasOverflow ? (isFull ? '__other__ seen' : '__other__ seen: not registered') : '';
  const cap = suggested === undefined ? '' : `cap: ${suggested} would ${isFull ? 'make room' : 'do'}`;
  return [other, cap].filter((each) => each !== '').join('; ');
}
