// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Gauge } from '../metrics/gauge.js';
import { LoopDelay } from './loop-delay.js';
import type { IntervalHistogram, NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';

/** Delays of the event loop, which are measured as long as one of the metrics is fed. */
export function eventLoopFeeds({ perfHooks }: NodeModules): readonly Feed[] {
  let delay: LoopDelay | undefined;
  let gauges = 0;

  const from =
    (read: (delay: LoopDelay) => number) =>
    (gauge: Gauge): (() => void) => {
      const source = (delay ??= new LoopDelay(perfHooks));
      gauges += 1;
      let isFed = true;
      let end: (() => void) | undefined;
      // Before there is a first measurement, no value is better than a wrong one.
      source.whenReady(() => {
        if (isFed) end = gauge.observe(() => read(source));
      });
      return () => {
        isFed = false;
        end?.();
        gauges -= 1;
        if (gauges > 0) return;
        source.stop();
        delay = undefined;
      };
    };
  const of = (read: (intervals: IntervalHistogram) => number): ((gauge: Gauge) => () => void) =>
    from((source) => source.of(read));

  return [
    feed(
      'nodejsEventloopLagSeconds',
      from((source) => source.last),
    ),
    feed(
      'nodejsEventloopLagMinSeconds',
      of(({ min }) => min),
    ),
    feed(
      'nodejsEventloopLagMaxSeconds',
      of(({ max }) => max),
    ),
    feed(
      'nodejsEventloopLagMeanSeconds',
      of(({ mean }) => mean),
    ),
    feed(
      'nodejsEventloopLagStddevSeconds',
      from((source) => source.deviation),
    ),
    feed(
      'nodejsEventloopLagP50Seconds',
      of((intervals) => intervals.percentile(50)),
    ),
    feed(
      'nodejsEventloopLagP90Seconds',
      of((intervals) => intervals.percentile(90)),
    ),
    feed(
      'nodejsEventloopLagP99Seconds',
      of((intervals) => intervals.percentile(99)),
    ),
  ];
}
