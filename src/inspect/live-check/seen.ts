import type { Range } from '../../diagnostics/diagnostic.js';
import type { FamilyType } from '../exposition/page.js';

/** Finds a place again: a part of the text of what was seen, or all of it where that part does not stand there. */
export type Place = (part?: string) => Range;

/** A value that was seen, under the name that Prometheus has it by. */
export interface SeenSample {
  /** With the suffix of its part: `x_total`, `x_bucket`. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** When its count began, as the source tells it: another text after a restart. Undefined where the source does not tell. */
  readonly start: string | undefined;
  readonly place: Place;
  /** Of the count of an exponential histogram: what its buckets hold together. */
  readonly inBuckets?: number | undefined;
}

/** A metric that was seen: on a page, or in a request of OTLP. */
export interface SeenFamily {
  /** The name that Prometheus has it by. */
  readonly name: string;
  /** Further names that other translations into Prometheus give it; empty on a page. */
  readonly otherNames: readonly string[];
  /** The name as the source has it. */
  readonly shownName: string;
  readonly type: FamilyType;
  /** As the source has it: `seconds` on a page, `s` in OTLP. */
  readonly unit: string | undefined;
  readonly help: string | undefined;
  /** `delta`: what was added since the last time, so that values may become smaller. */
  readonly temporality: 'cumulative' | 'delta';
  /** Whether it is a histogram whose buckets are where its observations are, on a scale of its own. */
  readonly isExponential?: boolean;
  /** Whether the samples are named after `shownName`, which is not the name in Prometheus. */
  readonly isTranslated: boolean;
  readonly samples: readonly SeenSample[];
  readonly place: Place;
}

/** A value of an attribute, with its type; what has neither scalar type nor list of one is `other`. */
export interface SeenValue {
  readonly type:
    | 'string'
    | 'int'
    | 'double'
    | 'boolean'
    | 'string[]'
    | 'int[]'
    | 'double[]'
    | 'boolean[]'
    | 'empty'
    | 'other';
  /** As a person reads it, cut where it is long. */
  readonly text: string;
}

/** A span that was seen. */
export interface SeenSpan {
  readonly name: string;
  readonly kind: 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** The instrumentation scope that made it. */
  readonly scope: string;
  readonly attributes: ReadonlyMap<string, SeenValue>;
  readonly place: Place;
}

/** A log record that was seen. */
export interface SeenRecord {
  /** The event's name; undefined for free text. */
  readonly event: string | undefined;
  readonly scope: string;
  /** By the ranges of the data model's severity numbers; undefined where there is none. */
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | undefined;
  readonly attributes: ReadonlyMap<string, SeenValue>;
  readonly place: Place;
}

/** What tells a series from all others. */
export function seriesKey(name: string, labels: ReadonlyMap<string, string>): string {
  return `${name}\u0000${[...labels]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([label, value]) => `${label}\u0001${value}`)
    .join('\u0000')}`;
}

/** A series as a page shows it, on one line. */
export function seriesText(name: string, labels: ReadonlyMap<string, string>): string {
  const pairs = [...labels].map(
    ([label, value]) =>
      `${label}="${value.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`))}"`,
  );
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}
