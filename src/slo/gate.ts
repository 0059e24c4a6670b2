/** More bad events than this are never asked for: a slow ticket with factor 1 is rarely an accident. */
const most = 10;

/** An arm may fire by chance this rarely for a service that just meets its objective. */
const tolerated = 0.001;

/** Probability that a Poisson variable with the given mean is at least `count`. */
function atLeast(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let index = 0; index < count; index += 1) {
    below += term;
    term *= mean / (index + 1);
  }
  return 1 - below;
}

/**
 * How many bad events an arm's long window must hold before the arm may fire, where the objective does not say. With little traffic a
 * single failure exceeds every burn rate: of three calls one fails, and somebody is woken. An arm trips when k bad events are more than
 * factor times what the budget admits for the traffic of the window; then the budget admits fewer than k / factor of them, so that
 * chance alone would have brought k or more with the probability P(Poisson(k / factor) >= k). The least k for which that is below one
 * in a thousand is taken: 4 for factor 14.4, 6 for factor 6.
 */
export function leastBadEvents(factor: number): number {
  for (let count = 2; count < most; count += 1) {
    if (atLeast(count, count / factor) < tolerated) return count;
  }
  return most;
}
