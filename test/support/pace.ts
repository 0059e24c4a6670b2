import { performance } from 'node:perf_hooks';

/** Milliseconds that the fixed work below takes on two cores that have nothing else to do. */
const quiet = 7;
const rounds = 5;
/** How long a measurement holds. */
const freshMilliseconds = 2000;

let measured: { readonly at: number; readonly pace: number } | undefined;

/** Work like that of the project itself: texts, maps and short-lived objects. */
function work(): number {
  const map = new Map<string, number>();
  let length = 0;
  for (let index = 0; index < 10_000; index += 1) {
    map.set(`k${index % 500}`, index);
    length += JSON.stringify({ index, text: 'x' }).length;
  }
  return map.size + length;
}

/**
 * How many times as long as on a quiet machine something takes now: at least 1. On a machine that others use as well, the processor itself is
 * several times slower now and then, and limits that tell right from wrong there and here grow with it.
 */
export function pace(): number {
  const now = performance.now();
  if (measured !== undefined && now - measured.at < freshMilliseconds) return measured.pace;
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  // The first ones are compiled on the way; one of the others may have waited for the processor, as what is measured would.
  const mean = times.slice(1).reduce((sum, time) => sum + time, 0) / (rounds - 1);
  measured = { at: performance.now(), pace: Math.max(1, mean / quiet) };
  return measured.pace;
}
