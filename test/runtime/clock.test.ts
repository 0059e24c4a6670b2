import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTracing, labelledHistogram, openLabel } from '../../src/runtime/index.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { samplesOf } from './scrape.js';

/** The clock on the wall is set while something is measured: durations are taken from another one. */
const jumps = [3_600_000, -3_600_000];
const memory = memoryProcessor();
const { now } = Date;
let stop: () => Promise<void>;

beforeAll(() => {
  stop = startSdk(memory);
});
afterEach(() => {
  Date.now = now;
  memory.ended.length = 0;
});
afterAll(() => stop());

const run = createTracing({ scope: 'clock' }).span<object>({ name: 'clock.run', kind: 'internal' });

/** Sets the clock while work is done that takes about `waitMs`. */
async function jumping(jump: number, waitMs: number): Promise<void> {
  Date.now = () => now() + jump;
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}

test.each(jumps)('a span during which the clock jumps by %d ms lasts as long as it lasts', async (jump) => {
  const began = performance.now();
  await run({}, () => jumping(jump, 20));
  const spent = performance.now() - began;
  const [span] = memory.ended;
  const [whole = -1, nanoseconds = -1] = span?.duration ?? [];
  const lasted = whole * 1000 + nanoseconds / 1e6;
  expect(lasted).toBeGreaterThan(15);
  expect(lasted).toBeLessThanOrEqual(spent + 1);
});

test.each(jumps)('so does what is measured by a timer of a metric (%d ms)', async (jump) => {
  const name = `clock_${jump > 0 ? 'ahead' : 'back'}_seconds`;
  const queue = openLabel({ key: `${name}.queue`, cap: 3 });
  const time = labelledHistogram({ name, help: 'Time.', labels: { queue }, buckets: [0.001, 1, 60] });
  const began = performance.now();
  const end = time.startTimer({ queue: 'a' });
  await jumping(jump, 20);
  const measured = end();
  const spent = (performance.now() - began) / 1000;
  expect(measured).toBeGreaterThan(0.015);
  expect(measured).toBeLessThanOrEqual(spent + 0.001);
  const [sum] = await samplesOf(`${name}_sum`);
  expect(Math.abs((sum?.value ?? Number.NaN) - measured)).toBeLessThan(0.001);
});
