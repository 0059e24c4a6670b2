import { createHistogram, PerformanceObserver, type RecordableHistogram } from 'node:perf_hooks';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LoopDelay } from '../../src/runtime/node/loop-delay.js';
import type { IntervalHistogram, PerformanceHooks } from '../../src/runtime/node/modules.js';

/** Minutes pass at once. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Node's histograms, into which the test records the intervals that Node would have measured. */
class Hooks {
  readonly histograms: RecordableHistogram[] = [];
  readonly hooks = {
    PerformanceObserver: PerformanceObserver as unknown as PerformanceHooks['PerformanceObserver'],
    monitorEventLoopDelay: (): IntervalHistogram => {
      const histogram = createHistogram();
      this.histograms.push(histogram);
      return Object.assign(histogram, { enable: () => true, disable: () => true });
    },
  };

  /** All monitors see the same delay, beyond the interval of 20 ms. */
  record(seconds: number): void {
    for (const histogram of this.histograms) histogram.record(Math.round((seconds + 0.02) * 1e9));
  }
}

const longest = (delay: LoopDelay): number => delay.of(({ max }) => max);

describe('a delay of the event loop', () => {
  test('is seen for one to two minutes, whoever reads in between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 5 }),
        (happens, later, readings) => {
          const node = new Hooks();
          const delay = new LoopDelay(node.hooks);
          const seconds = (count: number): void => {
            for (let second = 0; second < count; second += 1) {
              vi.advanceTimersByTime(1000);
              node.record(0.001);
            }
          };
          seconds(happens);
          node.record(3);
          let passed = 0;
          for (const reading of [...readings, later].sort((a, b) => a - b)) {
            seconds(reading - passed);
            passed = reading;
            const isSeen = longest(delay) > 2.9;
            if (passed < 60) expect(isSeen).toBe(true);
            if (passed > 120) expect(isSeen).toBe(false);
            expect(longest(delay)).toBeGreaterThan(0.0009);
          }
          delay.stop();
        },
      ),
      { numRuns: 30 },
    );
  });

  test('is what the interval of the measurement has too much, and never less than nothing', () => {
    const node = new Hooks();
    const delay = new LoopDelay(node.hooks);
    node.record(-0.001);
    expect(delay.of(({ min }) => min)).toBe(0);
    node.record(0.5);
    expect(longest(delay)).toBeCloseTo(0.5, 2);
    delay.stop();
  });

  test('can be read a second after the start, and not before', () => {
    const delay = new LoopDelay(new Hooks().hooks);
    const ready = vi.fn();
    delay.whenReady(ready);
    vi.advanceTimersByTime(900);
    expect(ready).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(ready).toHaveBeenCalledTimes(1);
    delay.whenReady(ready);
    expect(ready).toHaveBeenCalledTimes(2);
    delay.stop();
    vi.advanceTimersByTime(5000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
