/** What an attribute can hold here; what is nested is kept as its JSON text. */
export type AttributeValue = string | number | boolean | readonly (string | number | boolean)[];
export type Attributes = ReadonlyMap<string, AttributeValue>;

/** SpanKind of OTLP. */
export const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
export type TraceSpanKind = (typeof spanKinds)[number];

export interface SpanEvent {
  readonly name: string;
  /** Nanoseconds, as those of the span. */
  readonly time: number;
  readonly attributes: Attributes;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** A span as it was recorded, whatever form it came in. */
export interface TraceSpan {
  /** Hexadecimal, lower case, where the source has a valid one; otherwise as it came. */
  readonly traceId: string;
  readonly id: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly kind: TraceSpanKind;
  /** `service.name` of its resource; `unknown` where it has none. */
  readonly service: string;
  /** What has one clock: service, instance and host of its resource. */
  readonly process: string;
  /** Nanoseconds since an origin that all spans of one reading share: as a number they would not fit since 1970. */
  readonly start: number;
  readonly end: number;
  readonly isError: boolean;
  readonly statusMessage: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
}

/** What was noticed about the data, in the order in which it was first seen. */
export interface TraceNote {
  readonly kind: NoteKind;
  readonly count: number;
  /** The sentence that people read. */
  readonly text: string;
}

export type NoteKind =
  | 'unreadable-lines'
  | 'odd-ids'
  | 'no-id'
  | 'no-times'
  | 'unfinished'
  | 'several-resources'
  | 'negative-durations'
  | 'duplicates'
  | 'orphans'
  | 'cycles'
  | 'several-roots'
  | 'clock-corrected'
  | 'clock-contradiction'
  | 'outside-parent'
  | 'links';
