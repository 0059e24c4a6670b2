import { flat, line, type Segment, type TestSeries } from '../../../src/prove/series.js';

function series(metric: string, labels: Record<string, string>, ...segments: Segment[]): TestSeries {
  return { metric, labels: new Map(Object.entries(labels)), segments };
}

/** Samples every 30 s, over an hour: counters with resets and gaps, gauges that cross zero, buckets, series that come late or end. */
export const worldSeries: readonly TestSeries[] = [
  series('m0', { a0: 'x', B1: 'p' }, line(0, 3, 60), line(2, 7, 60)),
  series('m0', { a0: 'y', B1: 'p' }, line(100, 0.5, 20), { kind: 'gap', samples: 14 }, line(3, 1.25, 80)),
  series('m0', { a0: 'x', B1: 'q', a2: 'z' }, { kind: 'gap', samples: 33 }, line(1, 11, 50), {
    kind: 'stale',
  }),
  series('m1', { a0: 'x', B1: 'p' }, line(-20, 0.75, 40), line(10, -1.5, 80)),
  series('m1', { a0: 'y', B1: 'q' }, flat(4, 50), flat(-3, 3), flat(4, 67)),
  series('m2', { a0: 'x' }, flat(2, 121)),
  series('m2', { a0: 'y' }, line(0.1, 0.3, 120)),
  series('m3', { _c0: '5' }, flat(0, 121)),
  series('m4', { a0: 'x', le: '0.1' }, line(0, 1, 120)),
  series('m4', { a0: 'x', le: '1' }, line(0, 4, 120)),
  series('m4', { a0: 'x', le: '1.0' }, line(0, 1, 120)),
  series('m4', { a0: 'x', le: '+Inf' }, line(0, 6, 120)),
  series('m4', { a0: 'y', le: '0.1' }, line(0, 3, 120)),
  series('m4', { a0: 'y', le: '1' }, line(0, 2, 120)),
  series('m4', { a0: 'y', le: 'Inf' }, line(0, 5, 120)),
  series('m4', { a0: 'z', le: '2' }, line(0, 5, 120)),
  series('m4', { a0: 'w', le: '-1' }, line(0, 5, 120)),
  series('m4', { a0: 'w', le: '+Inf' }, line(0, 5, 120)),
  series('m4', { a0: 'v', le: 'none' }, line(0, 5, 120)),
  series('m4', { a0: 'u', le: '1' }, flat(0, 121)),
  series('m4', { a0: 'u', le: '+Inf' }, flat(0, 121)),
  series('m5', { a0: 'x' }, line(1_700_000_000, 86_400.25 * 11, 120)),
  series('m5', { a0: 'y' }, line(-3, -40_000_000, 120)),
];
