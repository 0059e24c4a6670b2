import type { Counter, LabelledCounter } from '../../../src/runtime/metrics/counter.js';
import type { LabelledHistogram } from '../../../src/runtime/metrics/histogram.js';
import type { ConsoleLogger } from '../../../src/runtime/instrument/index.js';
import type { LogEvent, PlainLogEvent } from '../../../src/runtime/logs/log-event.js';
import type { SpanHelper } from '../../../src/runtime/traces/span.js';
import { loadInstrumented, smallSpec } from '../../support/instrumented.js';

/** What the small spec generates, as far as these tests use it. */
export interface Generated {
  readonly spans: {
    readonly x: SpanHelper<
      { readonly text?: string; readonly size?: number; readonly flag?: boolean; readonly data?: unknown },
      never
    >;
    readonly y: SpanHelper<{ readonly text?: string }, never>;
    readonly bare: SpanHelper<Readonly<Record<string, never>>, never>;
  };
  readonly metrics: {
    readonly callsTotal: LabelledCounter<{ readonly kind: string }>;
    readonly plainTotal: Counter;
    readonly callSeconds: LabelledHistogram<{ readonly kind: string }>;
    readonly outcomesTotal: LabelledCounter<{
      readonly kind: string;
      readonly outcome: 'done' | 'unknown' | 'error';
    }>;
    readonly finishesTotal: LabelledCounter<{ readonly finish: 'stop' | 'length' }>;
  };
  readonly logs: {
    readonly callEnded: LogEvent<{ readonly kind: string; readonly size: number }>;
    readonly tick: PlainLogEvent;
  };
  readonly logger: ConsoleLogger;
}

export const generated: Generated = loadInstrumented(smallSpec, {
  'main.ts': `export * from './generated/instrument.js';`,
}).exports as unknown as Generated;
