import { gaps, signals, type Gap, type Signal } from '../facts.js';
import type { Analysis } from '../analysis.js';
import { shownName, type ScoredFunction } from '../scored.js';

/** What a function does, in words: `model, network ×3`. */
export function doesText({ does }: ScoredFunction): string {
  return Object.entries(does)
    .map(([activity, count]) => (count > 1 ? `${activity} ×${count}` : activity))
    .join(', ');
}

/** The reasons that gave most, for what does nothing itself. */
export function mainReason(each: ScoredFunction): string {
  const own = doesText(each);
  if (own !== '') return own;
  return [...each.reasons].sort((a, b) => b.points - a.points)[0]?.what ?? '';
}

/** The kinds that it lacks. */
export function lacks({ missing }: ScoredFunction): readonly Gap[] {
  return gaps.filter((gap) => missing.some((each) => each.gap === gap));
}

/** The kinds of telemetry that it has. */
export function hasSignals({ has }: ScoredFunction): readonly Signal[] {
  return signals.filter((signal) => has[signal].length > 0);
}

/** The state in one word. */
export function stateOf({ observed }: ScoredFunction): string {
  if (observed === 'callers') return 'by its callers';
  return observed === undefined ? 'no' : 'yes';
}

export { shownName };

/** Coverage in a sentence, which says what is counted. */
export function coverageText({ coverage, minimum }: Analysis): string {
  const { scored, observed, share, weighted } = coverage;
  if (scored === 0) return `coverage: no function has a score of ${minimum} or more`;
  return `coverage: ${share} % of the functions that count are observed (${observed} of ${scored} with a score of ${minimum} or more), ${weighted} % by their scores`;
}

/** What missing means, in few words. */
export const gapWords: Readonly<Record<Gap, string>> = {
  tracing: 'no span around what they do outside of the process',
  metrics: 'no metric of it',
  logging: 'errors vanish, or processes start, without a log line',
  monitoring: 'they go on by themselves unwatched',
};
