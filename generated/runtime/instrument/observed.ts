// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Counter, LabelledCounter } from '../metrics/counter.js';
import type { Histogram, LabelledHistogram } from '../metrics/histogram.js';
import type { LogEvent, PlainLogEvent } from '../logs/log-event.js';
import type { SpanHelper } from '../traces/span.js';

/**
 * Where a value is read from at each call: an argument (`args.0.agent`, `args.length`), the object that a method is called on
 * (`this.name`), or what came of the call (`result.usage.inputTokens`), of a promise once it is settled. Behind `=` stands the value
 * itself: `=chat`, `=3`, `=true`, `="3"`.
 */
export type ValuePath =
  'args' | 'this' | 'result' | `args.${string}` | `this.${string}` | `result.${string}` | `=${string}`;

/** Attributes of a span or fields of a log event, by name, with the paths that they are read from. */
export type Paths<A> = { readonly [K in keyof A]?: ValuePath };

/** The same for the labels of a metric, all of which are needed. */
export type LabelPaths<L> = { readonly [K in keyof L]-?: ValuePath };

/** A counter that counts each call, or a histogram that takes its seconds, with the paths of its labels where it has any. */
type Counted<L> =
  readonly [counter: Counter] | readonly [counter: LabelledCounter<L>, labels: LabelPaths<NoInfer<L>>];
type Timed<L> =
  | readonly [histogram: Histogram]
  | readonly [histogram: LabelledHistogram<L>, labels: LabelPaths<NoInfer<L>>];

/** A log event at the end of each call. */
type Logged<F> = readonly [event: PlainLogEvent] | readonly [event: LogEvent<F>, fields: Paths<NoInfer<F>>];

/** What is recorded of a call beside, or in the place of, a span: all of it when the call has ended, well or not. */
export interface Recorded<A, O extends string, C, T, F> {
  readonly span?: SpanHelper<A, O>;
  readonly count?: Counted<C>;
  readonly time?: Timed<T>;
  readonly log?: Logged<F>;
}

/** What is recorded of a call: a span, or an object that names more. */
export type Observed<A, O extends string, C, T, F> = SpanHelper<A, O> | Recorded<A, O, C, T, F>;

/** What paths lead to, in code whose body was wrapped: only what is needed is there. */
export interface Roots {
  readonly args?: readonly unknown[];
  readonly this?: unknown;
}

/** The same without types, as the runtime reads it. */
export interface AnyRecorded {
  readonly span?: object | undefined;
  readonly count?: readonly unknown[] | undefined;
  readonly time?: readonly unknown[] | undefined;
  readonly log?: readonly unknown[] | undefined;
}

/** Paths by name, of whatever they are for. */
export type AnyPaths = Readonly<Record<string, string | undefined>>;
