import type { Interval } from './interval.js';

/** What a series on the scraped page is: `bucket`, `sum` and `count` are the parts of a classic histogram. */
export type SeriesType = 'counter' | 'gauge' | 'bucket' | 'sum' | 'count' | 'native' | 'unknown';

/** What is known of a label. */
export interface LabelFact {
  readonly name: string;
  /** All values that it can have; undefined where the program decides. */
  readonly values: readonly string[] | undefined;
  /** The most values that keep their name. */
  readonly cap: number;
}

/** What is known of the series of one name. */
export interface SeriesFact {
  readonly name: string;
  /** The metric that they are a part of: `x` for `x_bucket`. */
  readonly metric: string;
  readonly type: SeriesType;
  /** Undefined: any label. */
  readonly labels: readonly LabelFact[] | undefined;
  /** Base unit, `count` for what counts; undefined where nothing says. */
  readonly unit: string | undefined;
  /** Base unit of what a histogram observes, whatever part of it this is; the same as `unit` for other metrics. */
  readonly observed: string | undefined;
  readonly range: Interval | undefined;
  /** Upper bounds of the histogram, without +Inf; empty for what is none, or where they are not known. */
  readonly buckets: readonly number[];
  /** Seconds between samples; undefined where nothing says. */
  readonly interval: number | undefined;
  /** Whether a row may be missing until the first event of its kind. */
  readonly startsEmpty: boolean;
  /** Whether the metric is certain to be exposed as declared: by the program that is described. */
  readonly isOwn: boolean;
}
