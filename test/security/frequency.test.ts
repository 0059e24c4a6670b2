import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrequencyTable } from '../../src/runtime/security/frequency.js';

/** What the table has to say: all times of all keys, kept for ever. */
function naive(above: number, per: number): (key: string, now: number) => boolean {
  const times = new Map<string, number[]>();
  const detected = new Map<string, number>();
  return (key, now) => {
    const own = [...(times.get(key) ?? []), now];
    times.set(key, own);
    const exceeds = own.filter((time) => now - time < per).length > above;
    if (!exceeds || now - (detected.get(key) ?? -Infinity) < per) return false;
    detected.set(key, now);
    return true;
  };
}

const events = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 40 })), { maxLength: 200 });

test('detects exactly where there are more than the limit within the window', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 120 }), events, (above, perSeconds, all) => {
      let now = 0;
      const table = new FrequencyTable({ above, perSeconds }, () => now);
      const expected = naive(above, perSeconds);
      for (const [key, seconds] of all) {
        now += seconds;
        expect(table.note(key)).toBe(expected(key, now));
      }
      expect(table.evicted).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

test('a flood is one detection in each window', () => {
  let now = 0;
  const table = new FrequencyTable({ above: 20, perSeconds: 300 }, () => now);
  let detections = 0;
  for (let event = 0; event < 90_000; event += 1) {
    now += 0.01;
    if (table.note('192.0.2.1')) detections += 1;
  }
  expect(detections).toBe(3);
});

test('memory is bounded, and keys that are let go in their window are counted', () => {
  let now = 0;
  const table = new FrequencyTable({ above: 20, perSeconds: 60 }, () => now, 100);
  for (let key = 0; key < 1000; key += 1) table.note(String(key));
  expect([table.size, table.evicted]).toEqual([100, 900]);
  // The key that was touched last stays.
  const found = Array.from({ length: 20 }, () => table.note('999'));
  expect(found.indexOf(true)).toBe(19);
  now += 61;
  table.note('new');
  expect([table.size, table.evicted]).toEqual([1, 900]);
});

test('a limit beyond the exact ones is never missed, and at most a hundredth of the window too early', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1001, max: 1500 }),
      fc.double({ min: 0.001, max: 0.12, noNaN: true }),
      fc.nat({ max: 1000 }),
      (above, gap, start) => {
        let now = start;
        const table = new FrequencyTable({ above, perSeconds: 100 }, () => now);
        const found = Array.from({ length: 2500 }, () => {
          now += gap;
          return table.note('k');
        }).indexOf(true);
        // With the same time between all events the limit is exceeded by the event after so many, or never.
        if (above * gap < 99.9) expect(found).toBe(above);
        if (above * gap > 101.1) expect(found).toBe(-1);
      },
    ),
    { numRuns: 100 },
  );
});
