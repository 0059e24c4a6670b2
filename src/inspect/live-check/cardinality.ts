import type { Label } from '../../model/model.js';
import type { Place } from './seen.js';

/** What the runtime writes for the values beyond a cap. */
export const overflowValue = '__other__';

/** Distinct values of one label that are remembered; more are known to be more. */
const mostValues = 20_000;

/** What was seen of a label's values. */
export interface Observed {
  readonly label: Label;
  /** Distinct values, `__other__` aside. */
  readonly distinct: number;
  /** Whether there were more values than could be remembered. */
  readonly isAtLeast: boolean;
  /** Whether values shared `__other__`. */
  readonly hasOverflow: boolean;
  /** Where the first value beyond the cap stood; undefined where there is none. */
  readonly beyond: { readonly value: string; readonly metric: string; readonly place: Place } | undefined;
  /** Where `__other__` stood first. */
  readonly overflow: { readonly metric: string; readonly place: Place } | undefined;
  /** Names of the metrics that have it. */
  readonly metrics: ReadonlySet<string>;
}

interface Entry {
  readonly label: Label;
  readonly values: Set<string>;
  readonly metrics: Set<string>;
  isAtLeast: boolean;
  beyond: Observed['beyond'];
  overflow: Observed['overflow'];
}

/** Counts the values of labels. A label of the spec is one, whatever metrics carry it: its cap holds for all of them together. */
export class Cardinality {
  readonly #entries = new Map<string, Entry>();

  note(label: Label, metric: string, value: string, place: Place): void {
    let entry = this.#entries.get(label.key);
    if (entry === undefined) {
      const fresh = { values: new Set<string>(), metrics: new Set<string>() };
      entry = { label, ...fresh, isAtLeast: false, beyond: undefined, overflow: undefined };
      this.#entries.set(label.key, entry);
    }
    entry.metrics.add(metric);
    if (value === overflowValue) {
      entry.overflow ??= { metric, place };
      return;
    }
    if (entry.values.has(value)) return;
    if (entry.values.size >= mostValues) {
      entry.isAtLeast = true;
      return;
    }
    entry.values.add(value);
    const { bound } = label;
    if (bound.kind !== 'closed' && entry.values.size > bound.cap) entry.beyond ??= { value, metric, place };
  }

  /** In the order in which they were seen. */
  observed(): readonly Observed[] {
    return [...this.#entries.values()].map(({ label, values, metrics, isAtLeast, beyond, overflow }) => ({
      ...{ label, metrics, isAtLeast, beyond, overflow },
      distinct: values.size,
      hasOverflow: overflow !== undefined,
    }));
  }
}

/** Caps that people write. */
const round = (count: number): number => {
  const step = count <= 20 ? 5 : count <= 200 ? 10 : count <= 1000 ? 50 : 500;
  return Math.ceil(count / step) * step;
};

/** Whether values were lost to the cap. Under a registered label with room, what shares `__other__` was not registered. */
export function isOverCap({ label: { bound }, distinct, hasOverflow }: Observed): boolean {
  if (bound.kind === 'closed') return false;
  return distinct > bound.cap || (hasOverflow && (bound.kind === 'open' || distinct >= bound.cap));
}

/**
 * The cap to set: what was seen and half as much again. Where values were lost in `__other__`, how many they were is not known, so it is
 * at least twice the cap.
 * @returns undefined for a label whose values are listed
 */
export function suggestedCap(observed: Observed): number | undefined {
  const {
    label: { bound },
    distinct,
    hasOverflow,
  } = observed;
  if (bound.kind === 'closed') return undefined;
  return round(Math.max(distinct * 1.5, hasOverflow && isOverCap(observed) ? bound.cap * 2 : 1));
}
