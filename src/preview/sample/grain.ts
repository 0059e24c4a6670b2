/** Parts a second that are told apart at least: a minute then holds enough for the slowest hundredth. */
const enough = 32;
const finest = 14;

/**
 * How finely events are counted. A service that is small has few of each kind in a minute: their rates would be combs, and their quantiles
 * noise. Parts of events make lines of them, as those of a large service. A power of two: such fractions take few bits to write.
 * @param rate events a second
 */
export function grainOf(rate: number): number {
  if (rate <= 0) return 1;
  return 2 ** Math.min(finest, Math.max(0, Math.ceil(Math.log2(enough / rate))));
}

/** @param grain how many parts of an event are told apart */
export function counted(events: number, grain: number): number {
  return Math.floor(events * grain) / grain;
}
