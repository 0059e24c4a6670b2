// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';

interface Turn {
  readonly start: () => (() => void) | undefined;
  end: (() => void) | undefined;
}

/** By what is done, who does it (the first one), and who waits. */
const turns = shared('turns', () => new Map<string, Turn[]>());

/**
 * Does a thing once, however many ask for it: starts it for the first one, and for the next one when that has ended.
 * @returns a function by which the one who asks ends or gives up its turn
 */
export function inTurn(what: string, start: Turn['start']): () => void {
  const queue = turns.get(what) ?? [];
  turns.set(what, queue);
  const turn: Turn = { start, end: undefined };
  if (queue.push(turn) === 1) turn.end = start();
  return () => {
    const place = queue.indexOf(turn);
    if (place < 0) return;
    queue.splice(place, 1);
    if (place > 0) return;
    turn.end?.();
    const [next] = queue;
    if (next !== undefined) next.end = next.start();
  };
}
