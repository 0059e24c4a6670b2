import type { Label } from '../../model/model.js';

/** Names are seldom alone: where there is one model there is another to fall back to. */
const fewest = 2;

/** The values that a label is expected to have; of an open or registered label placeholders, as many as there may be of them. */
export function expectedValues({ wire, bound }: Label, share: number): readonly string[] {
  if (bound.kind === 'closed') return bound.values;
  const count = Math.min(bound.cap, Math.max(fewest, Math.ceil(bound.cap * share)));
  return Array.from({ length: count }, (_, index) => `${wire}-${index + 1}`);
}
