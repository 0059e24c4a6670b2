/** What a page says the type of a family is; `unknown` where it says nothing. */
export type FamilyType =
  'counter' | 'gauge' | 'histogram' | 'gaugehistogram' | 'summary' | 'info' | 'stateset' | 'unknown';

/** A trace id, or whatever else an exemplar carries, with the value that was observed. */
export interface PageExemplar {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** One line of a page that has a value. */
export interface PageSample {
  /** The name as it stands in the line: `x_total`, `x_bucket`, `x_created`. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Milliseconds since the epoch; undefined where the line has none. */
  readonly timestamp: number | undefined;
  readonly exemplar: PageExemplar | undefined;
  /** From 1. */
  readonly line: number;
}

/** A metric with all that the page says of it. */
export interface PageFamily {
  /** The name that queries use without a suffix for parts: `x_total` for a counter in both formats, `x` for a histogram. */
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string | undefined;
  /** OpenMetrics alone has units. */
  readonly unit: string | undefined;
  readonly samples: readonly PageSample[];
  /** Where it begins, from 1. */
  readonly line: number;
}

/** A line that is not what the format says; the rest of the page is read all the same. */
export interface PageFault {
  readonly line: number;
  readonly message: string;
}

/** A page of `/metrics`. */
export interface Page {
  readonly format: 'text' | 'openmetrics';
  readonly families: readonly PageFamily[];
  readonly faults: readonly PageFault[];
}
