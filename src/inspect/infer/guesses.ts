import { Guess, type Draft } from './draft.js';

/** A guess that stands in the spec. */
export interface FoundGuess {
  /** `metrics.x_total.type`. */
  readonly at: string;
  readonly reason: string;
}

function within(value: unknown, at: string): readonly FoundGuess[] {
  if (value instanceof Guess) {
    const own = value.mark === 'guessed' ? [{ at, reason: value.reason }] : [];
    return [...own, ...within(value.value, at)];
  }
  if (value instanceof Map) return [...value].flatMap(([key, each]) => within(each, `${at}.${String(key)}`));
  if (Array.isArray(value)) return value.flatMap((each, index) => within(each, `${at}.${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => within(each, at === '' ? key : `${at}.${key}`));
}

/** All guesses of a draft, in the order in which they stand in the spec. */
export function guessesOf(draft: Draft): readonly FoundGuess[] {
  const { service, presets, budgets, external, labels, metrics, spans, alerts } = draft;
  return within({ service, presets, budgets, external, labels, metrics, spans, alerts }, '');
}
