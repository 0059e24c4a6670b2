// Time and memory of a call, in a loop.
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { median } from '../measured-row.mjs';

const warmUpMs = 200;
const batchMs = 8;
const batches = 32;
/** Few enough that the young generation (see `flags`) takes what the most wasteful of the peers allocates for them. */
const callsWithoutCollection = 20_000;

/** A young generation large enough that no collection runs while allocation is measured. */
export const flags = ['--min-semi-space-size=64', '--max-semi-space-size=128'];

/**
 * Nanoseconds and bytes of a call.
 * @param run makes that many turns; a turn is `callsPerTurn` calls
 * @param total how many calls the metrics say there were: what is not counted was optimised away, and measured is nothing
 */
export async function measureCalls({ run, total, callsPerTurn = 1 }) {
  let turns = 0;
  const timed = (count) => {
    const started = performance.now();
    run(count);
    turns += count;
    return performance.now() - started;
  };
  let batch = 100;
  for (const end = performance.now() + warmUpMs; performance.now() < end;) {
    const ms = timed(batch);
    batch = Math.max(1, Math.round(batch * Math.min(4, batchMs / Math.max(ms, 0.001))));
  }
  const times = Array.from({ length: batches }, () => timed(batch));
  const few = Math.ceil(callsWithoutCollection / callsPerTurn);
  const bytes = (allocated(() => timed(few)) - allocated(() => timed(0))) / (few * callsPerTurn);
  const counted = (await total?.()) ?? turns * callsPerTurn;
  if (counted !== turns * callsPerTurn)
    throw new Error(`${turns * callsPerTurn} calls were made, ${counted} were counted`);
  return {
    ns: (median(times) * 1e6) / (batch * callsPerTurn),
    // The smallest object has 16 bytes: less than a tenth of a byte for a call is the measurement's own noise.
    bytes: Math.max(0, Math.round(bytes * 10) / 10),
  };
}

function allocated(action) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  action();
  return process.memoryUsage().heapUsed - before;
}
