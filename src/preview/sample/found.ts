/** A made-up log line. */
export interface SampleLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A made-up trace, by its first span. */
export interface SampleTrace {
  readonly traceId: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly status: 'ok' | 'error';
}
