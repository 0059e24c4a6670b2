import type { PriceTable } from '../../../runtime/cost/price-table.js';
import { spanAt, type Trace } from '../tree/trace.js';
import { breakdownOf, type Breakdown } from './breakdown.js';
import { criticalPath, type CriticalPath } from './critical-path.js';
import { failuresOf, type Failure } from './failures.js';
import { gapsOf, queueWaits, type Gap, type QueueWait } from './gaps.js';
import { repeatsOf, type Repeat } from './repeats.js';
import { selfTimes } from './self-time.js';
import { usageOf, type UsageRow } from './usage.js';
import type { Vocabulary } from './vocabulary.js';
import { whoOf, type Who } from './who.js';

/** All that is known of one trace. */
export interface TraceAnalysis {
  readonly trace: Trace;
  readonly self: Float64Array;
  readonly path: CriticalPath;
  readonly who: Who;
  readonly byName: readonly Breakdown[];
  readonly byService: readonly Breakdown[];
  readonly byAgent: readonly Breakdown[];
  readonly usage: readonly UsageRow[];
  readonly repeats: readonly Repeat[];
  readonly gaps: readonly Gap[];
  readonly waits: readonly QueueWait[];
  readonly failures: readonly Failure[];
}

export interface TraceQuestions {
  readonly words: Vocabulary;
  /** Nanoseconds from which a gap counts. */
  readonly leastGap: number | undefined;
  readonly prices: PriceTable | undefined;
}

/** Analyses one trace; the work grows with n log n of its spans. */
export function analyseTrace(trace: Trace, { words, leastGap, prices }: TraceQuestions): TraceAnalysis {
  const self = selfTimes(trace);
  const path = criticalPath(trace);
  const who = whoOf(trace, words);
  const times = { self, onPath: path.onPath };
  return {
    ...{ trace, self, path, who },
    byName: breakdownOf(trace, times, (span) => spanAt(trace, span).name),
    byService: breakdownOf(trace, times, (span) => spanAt(trace, span).service),
    byAgent: breakdownOf(trace, times, (span) => who.agent[span]),
    usage: usageOf(trace, who, words, prices),
    repeats: repeatsOf(trace, who, words),
    gaps: gapsOf(trace, path, leastGap),
    waits: queueWaits(trace),
    failures: failuresOf(trace),
  };
}
