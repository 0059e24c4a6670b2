import type { Model } from '../../model/model.js';

/** What can be seen of a service. */
export const signals = ['metrics', 'spans', 'events'] as const;
export type Signal = (typeof signals)[number];

/** How much of what is declared was seen. */
export interface Coverage {
  readonly signal: Signal;
  readonly seen: readonly string[];
  readonly unseen: readonly string[];
}

/** The names that a spec declares and expects to see: what is deprecated may be gone already. */
export function expectedNames(model: Model, signal: Signal): readonly string[] {
  switch (signal) {
    case 'metrics':
      return [...model.metrics.values()].filter(({ deprecated }) => !deprecated).map(({ name }) => name);
    case 'spans':
      return [...model.spans.keys()];
    case 'events':
      return [...model.logs.events.keys()];
  }
}

/** Which of them were seen. */
export function coverageOf(model: Model, signal: Signal, seen: ReadonlySet<string>): Coverage {
  const names = expectedNames(model, signal);
  return {
    signal,
    seen: names.filter((name) => seen.has(name)),
    unseen: names.filter((name) => !seen.has(name)),
  };
}

/** The part that was seen, 0 to 1; 1 where nothing is declared. */
export function shareOf({ seen, unseen }: Pick<Coverage, 'seen' | 'unseen'>): number {
  const all = seen.length + unseen.length;
  return all === 0 ? 1 : seen.length / all;
}

/** A share as people read it: `87.5%`; never rounded up to all. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10}%`;
}
