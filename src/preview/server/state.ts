import type { PrometheusState } from '../prometheus/data.js';
import type { BoardEntry } from './boards.js';

/** What the page needs to know before it shows anything: the answer of `/api/state`. */
export interface PreviewState {
  readonly service: string;
  /** `none`: made-up data was asked for, and there is no Prometheus to evaluate queries on it. */
  readonly mode: 'sample' | 'live' | 'none';
  /** The page's "now" in seconds since 1970, where it stands still; null: the clock's. */
  readonly now: number | null;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly prometheus: PrometheusState;
  readonly dashboards: readonly BoardEntry[];
  /** Another number: what was shown is out of date. */
  readonly generation: number;
  /** What is wrong with the spec; what is shown then is the last one without errors. */
  readonly problems: readonly string[];
}
