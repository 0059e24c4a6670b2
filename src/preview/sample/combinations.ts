import type { Label } from '../../model/model.js';
import type { LabelValues } from './label-values.js';
import { isOutcome, sharesOf, type Share } from './outcomes.js';

/** One combination of label values, and the part that it has of all events. */
export interface Combination {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly share: Share;
}

/** Methods of requests by their route: one of each. */
function isOdd(labels: Combination['labels']): boolean {
  const values = new Map(labels);
  const [method, route] = [values.get('method'), values.get('route')];
  if (values.get('parent') !== undefined && values.get('parent') === values.get('child')) return true;
  const [from, to] = [values.get('from_model'), values.get('to_model')];
  if (from !== undefined && from === to) return true;
  if (method === undefined || route === undefined) return false;
  return method !== (route === '/tasks' ? 'POST' : route === '/search' ? 'POST' : 'GET');
}

/**
 * The combinations of label values that a metric is made up with: those that have most, and each value of each label once at least.
 * @param most how many there may be
 */
export function combinationsOf(
  labels: readonly Label[],
  values: LabelValues,
  failing: Share,
  most: number,
): readonly Combination[] {
  let found: readonly Combination[] = [{ labels: [], share: { well: 1, ill: 1 } }];
  // What failed is split by what failed only: the parts of bad events multiply with those of the other labels.
  for (const label of labels) {
    const shares = sharesOf(label, values.of(label), failing);
    found = found.flatMap((combination) =>
      [...shares].map(([value, { well, ill }]) => ({
        labels: [...combination.labels, [label.wire, value] as const],
        share: { well: combination.share.well * well, ill: combination.share.ill * ill },
      })),
    );
  }
  const sound = found.filter((each) => !isOdd(each.labels));
  const ranked = (sound.length > 0 ? sound : found).toSorted((a, b) => b.share.ill - a.share.ill);
  const seen = new Set<string>();
  const kept = ranked.filter((combination, index) => {
    const fresh = combination.labels.filter((pair) => !seen.has(pair.join('=')));
    for (const pair of combination.labels) seen.add(pair.join('='));
    return index < most || fresh.length > 0;
  });
  return kept;
}

/** The label whose values have lives of their own: one agent is busy while another one is not. */
export function primaryLabel(labels: readonly Label[]): Label | undefined {
  return (
    labels.find(({ bound }) => bound.kind !== 'closed') ??
    labels.find((label) => !isOutcome(label) && label.bound.kind === 'closed')
  );
}
