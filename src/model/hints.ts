import { nearest } from '../diagnostics/did-you-mean.js';

/** Finds the name that was probably meant, as long as that costs little. */
export type Hints = (word: string, candidates: readonly string[]) => string | undefined;

/** Comparisons of words in one run: about a second's work. */
const affordable = 400_000;

/**
 * Hints for one run. A spec of ten thousand metrics in which a thousand names are wrong would take a minute to compare; the first
 * dozens get a hint, the rest do without.
 */
export function hintsOfRun(): Hints {
  let left = affordable;
  return (word, candidates) => {
    if (left < candidates.length) return undefined;
    left -= candidates.length;
    return nearest(word, candidates);
  };
}
