/** Events a second from which on whole ones are counted. */
const many = 20;
/** A power of two: such fractions take few bits to write. */
const parts = 32;

/**
 * How finely events are counted. A service that is small has few of each kind in a minute: their rates would be combs, and their quantiles
 * noise. Parts of events make lines of them, as those of a large service.
 * @param rate events a second
 */
export function grainOf(rate: number): number {
  return rate < many ? parts : 1;
}

/** @param grain how many parts of an event are told apart */
export function counted(events: number, grain: number): number {
  return Math.floor(events * grain) / grain;
}
