import type { Span } from '@opentelemetry/api';
import type { ClosedLabel } from '../metrics/label.js';
import type { AttributeDefinition } from './span-attribute.js';

/** A span while its work runs. `A` are its attributes, `O` the ways in which it can end. */
export interface ActiveSpan<A, O extends string> {
  /** Sets attributes; those that are `undefined` stay as they are. */
  set(attributes: Partial<A>): void;
  /** Says how the work ended, where that is neither the usual success nor the usual failure. */
  outcome(value: O): void;
  /** OpenTelemetry's span, for links and events. */
  readonly otel: Span;
}

/** A span that its opener has to end. */
export interface OpenSpan<A, O extends string> extends ActiveSpan<A, O> {
  /** Runs code inside the span: spans and log lines in it belong to this one. */
  within<R>(run: () => R): R;
  /** Ends the span. What happens to it later is passed over. */
  end(): void;
  /** Ends the span as failed. */
  fail(error: unknown): void;
}

/** Opens spans of one kind. */
export interface SpanHelper<A, O extends string> {
  /**
   * Runs code in a span, which ends when the function returns or its promise settles. What the function returns or throws
   * comes through unchanged. A label attribute that is not known yet is `undefined`, and set before the end.
   */
  <R>(attributes: A, run: (span: ActiveSpan<A, O>) => R): R;
  /** Opens a span for work that is no single function; it has to be ended. */
  start(attributes: A): OpenSpan<A, O>;
}

/** The attributes of a span that has none. */
export type NoAttributes = Readonly<Record<string, never>>;

/** A metric that a span records, and where the values of its labels come from. */
export interface RecordDefinition<M> {
  /** The metric's name in the helpers. */
  readonly metric: keyof NoInfer<M> & string;
  /** By name on the wire, the attribute whose value the label has. */
  readonly labels: Readonly<Record<string, string>>;
  /** The name on the wire of the label that has the outcome. */
  readonly outcome?: string;
}

/** How a span's end is classed. */
export interface OutcomeDefinition<O extends string> {
  readonly label: ClosedLabel<O>;
  /** The attribute's name on the exported span. */
  readonly as: string;
  /** Where the function returned. */
  readonly ok: O;
  /** Where it threw. */
  readonly error: O;
}

/** What the spec says of a span. */
export interface SpanDefinition<A, O extends string, M> {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Attributes that a convention fixes, by exported name. */
  readonly constants?: Readonly<Record<string, string>>;
  readonly attributes: { readonly [K in keyof NoInfer<A> & string]: AttributeDefinition };
  readonly outcome?: OutcomeDefinition<O>;
  /** Raised by one at the end. */
  readonly count?: RecordDefinition<M>;
  /** Gets the seconds that the span took. */
  readonly duration?: RecordDefinition<M>;
}
