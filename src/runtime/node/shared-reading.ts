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
