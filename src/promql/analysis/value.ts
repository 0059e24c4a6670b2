import type { ValueType } from '../functions.js';
import type { SeriesFact } from './series-fact.js';
import type { Finding } from './finding.js';
import { anything, type Interval } from './interval.js';
import { unlabelled, type LabelSet } from './labels.js';

/**
 * How values behave over time: a counter only grows until it is reset, a rate is what rate() made of one, an increase likewise; `count`
 * is a number of series or samples, which is never 0.
 */
export type Nature = 'counter' | 'gauge' | 'rate' | 'increase' | 'quantile' | 'count' | 'native' | 'unknown';

/** What is known of an expression's value. */
export interface Value {
  readonly kind: ValueType;
  /** Undefined: any label may be there. */
  readonly labels: LabelSet | undefined;
  readonly nature: Nature;
  /** Whether series were added up or joined since they were scraped. */
  readonly combined: boolean;
  /** The histogram whose buckets these are, rated or not. */
  readonly buckets: SeriesFact | undefined;
  /** The histogram that a quantile or a mean was taken of. */
  readonly distribution: SeriesFact | undefined;
  readonly sources: readonly SeriesFact[];
  /** `seconds`, `seconds/s` for a rate of them, `count`, `ratio`, `percent`; undefined where nothing says. */
  readonly unit: string | undefined;
  readonly range: Interval;
  readonly constant: number | undefined;
  /** 0 while nothing happens, and nothing keeps such values away. */
  readonly idle: boolean;
  /** May lack series until the first event of its kind. */
  readonly startsEmpty: boolean;
  /** Whether a comparison or the like decides which series there are; also where that is not known. */
  readonly filtered: boolean;
  /** Seconds between samples; undefined where nothing says. */
  readonly interval: number | undefined;
  /** Whether the values are fractions with many digits. */
  readonly fractional: boolean;
  /** Why it is NaN at times. */
  readonly nan: Finding | undefined;
  /** What is to be reported unless what stands around it makes sense of it. */
  readonly pending: Finding | undefined;
  /** What is to be reported where an alert consists of it. */
  readonly asAlert: Finding | undefined;
}

/** Of which nothing is known. */
export const unknownValue: Value = {
  kind: 'instant',
  labels: undefined,
  nature: 'unknown',
  combined: false,
  buckets: undefined,
  distribution: undefined,
  sources: [],
  unit: undefined,
  range: anything,
  constant: undefined,
  idle: false,
  startsEmpty: false,
  filtered: true,
  interval: undefined,
  fractional: false,
  nan: undefined,
  pending: undefined,
  asAlert: undefined,
};

/** A number without labels; NaN stands for one that is not known. */
export function scalarValue(number: number, range: Interval = { low: number, high: number }): Value {
  return {
    ...unknownValue,
    kind: 'scalar',
    labels: unlabelled,
    nature: 'gauge',
    filtered: false,
    range: Number.isNaN(number) ? anything : range,
    constant: Number.isNaN(number) ? undefined : number,
  };
}

/** A number of the same kind that has been reported, or of which nothing more can be said: its labels alone are kept. */
export function onlyLabels(value: Value): Value {
  return { ...unknownValue, kind: value.kind, labels: value.labels, filtered: value.filtered };
}

/** The value of one of several sources, whichever it is. */
export function joined(values: readonly Value[]): Value {
  const [first = unknownValue, ...rest] = values;
  return rest.reduce((sum: Value, each): Value => {
    const labels =
      sum.labels === undefined || each.labels === undefined
        ? undefined
        : {
            closed: sum.labels.closed && each.labels.closed,
            labels: new Set([...sum.labels.labels, ...each.labels.labels]),
            sure: new Set([...sum.labels.sure].filter((label) => each.labels?.sure.has(label))),
            varying: new Set<string>(),
            partial: new Set<string>(),
          };
    return {
      ...sum,
      labels,
      nature: sum.nature === each.nature ? sum.nature : 'unknown',
      unit: sum.unit === each.unit ? sum.unit : undefined,
      range: {
        low: Math.min(sum.range.low, each.range.low),
        high: Math.max(sum.range.high, each.range.high),
      },
      constant: sum.constant === each.constant ? sum.constant : undefined,
      distribution: sum.distribution === each.distribution ? sum.distribution : undefined,
      idle: sum.idle && each.idle,
      startsEmpty: sum.startsEmpty || each.startsEmpty,
    };
  }, first);
}
