// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';

/** Longer than the metrics of one scrape are apart, shorter than two scrapes are. */
const lifetimeSeconds = 0.05;

/** A reading that several metrics have in common: a scrape makes it once, and its values fit together. */
export function sharedReading<T>(read: () => T): () => T {
  let last: { readonly value: T; readonly until: number } | undefined;
  return () => {
    const now = monotonicSeconds();
    if (last === undefined || now >= last.until) last = { value: read(), until: now + lifetimeSeconds };
    return last.value;
  };
}
