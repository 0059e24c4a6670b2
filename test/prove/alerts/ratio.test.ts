import { expect, it } from 'vitest';
import { alertSuites } from '../../../src/prove/alerts/index.js';
import type { Suite } from '../../../src/prove/suite.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { failures } from './run.js';

/** Numbers from 0 to 1 that are the same on every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Ratio {
  /** What of the condition is not part and whole. */
  readonly condition: string;
  readonly hold: string;
}

function suiteOf({ condition, hold }: Ratio): Suite | undefined {
  return alertSuites(
    modelOf(`
version: 1
service: { name: jobs, owner: batch }
metrics:
  failed_total: { type: counter, help: Failed. }
  jobs_total: { type: counter, help: Jobs. }
alerts:
  Share:
    ratio: { part: failed_total, whole: jobs_total, ${condition} }
    for: ${hold}
    severity: ticket
    summary: Share.
`),
  ).find(({ id }) => id === 'alert-Share');
}

const random = randomNumbers(7);
function oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

/** Few events in a window of many intervals: their steps are as small as they get. */
const few = [5, 6, 7, 8, 9, 10].map((least): Ratio => ({
  condition: `over: 1h, above: 0.5, minEvents: ${least}`,
  hold: '5m',
}));
/** Before its incident nothing fails, to the dust of the calculation: a counter that grows by that would look as if it began anew. */
const near: Ratio = { condition: 'over: 2h, above: 0.05, minEvents: 3', hold: '1m' };
const drawn = Array.from({ length: 14 }, (): Ratio => {
  const over = oneOf(['5m', '10m', '15m', '30m', '1h', '90m', '2h']);
  const side = oneOf(['above', 'below']);
  const limit = oneOf([0.001, 0.01, 0.05, 0.1, 0.25, 0.3333, 0.5, 0.6, 0.75, 0.9, 0.99]);
  const least = oneOf([undefined, undefined, 0, 1, 2, 3, 5, 7, 13, 50, 500]);
  const asked = least === undefined ? '' : `, minEvents: ${least}`;
  return { condition: `over: ${over}, ${side}: ${limit}${asked}`, hold: oneOf(['0s', '1m', '5m', '30m']) };
});

describeWithPromtool(
  'tests of a ratio pass, whatever its window, its limit and the events that it asks for',
  () => {
    it.each([...few, near, ...drawn])('$condition, for $hold', (ratio) => {
      const suite = suiteOf(ratio);
      if (suite === undefined) throw new Error('it has no test');
      expect(suite.untested).toEqual([]);
      expect(failures(suite)).toBe('');
      const names = suite.scenarios.map(({ name }) => name).join('\n');
      expect(names).toMatch(/waits for enough events|fires for as long as the window holds an event/);
      expect(names).toContain('passes the limit');
    });
  },
);
