// Time of work in a loop that waits for it, since most spans of a service stand around something that is awaited.
import { performance } from 'node:perf_hooks';
import { median } from '../measured-row.mjs';

const warmUpMs = 400;
const batchMs = 8;
const batches = 48;

/** Nanoseconds of a turn. @param run makes that many turns, and may return a promise */
export async function measureTurns(run) {
  const timed = async (count) => {
    const started = performance.now();
    await run(count);
    return performance.now() - started;
  };
  let batch = 50;
  for (const end = performance.now() + warmUpMs; performance.now() < end;) {
    const ms = await timed(batch);
    batch = Math.max(1, Math.round(batch * Math.min(4, batchMs / Math.max(ms, 0.001))));
  }
  const times = [];
  for (let round = 0; round < batches; round += 1) times.push(await timed(batch));
  return { ns: (median(times) * 1e6) / batch };
}
