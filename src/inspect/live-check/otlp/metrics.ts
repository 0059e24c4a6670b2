import { list, member, text } from '../../doctor/ask/json.js';
import type { FamilyType } from '../../exposition/page.js';
import { shownAt } from '../places.js';
import { seriesText, type SeenFamily, type SeenSample } from '../seen.js';
import { escapedName, labelName, nameWithSuffixes } from './prometheus-name.js';
import { readLabels, readNumber } from './values.js';

/** Where a request came from, for those who read of it. */
export interface RequestPlace {
  readonly path: string;
  /** In a file, from 1; 1 for what was received. */
  readonly line: number;
}

/** Bits of a point's flags: no value was recorded, the series has ended. */
const noRecordedValue = 1;
/** Of `AggregationTemporality`. */
const delta = 1;

const kinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;
type Kind = (typeof kinds)[number];

/** What Prometheus makes of a metric's type. */
function typeOf(kind: Kind, isMonotonic: boolean): FamilyType {
  switch (kind) {
    case 'sum':
      return isMonotonic ? 'counter' : 'gauge';
    case 'exponentialHistogram':
      return 'histogram';
    default:
      return kind;
  }
}

class MetricReader {
  readonly #metric: unknown;
  readonly #at: RequestPlace;
  readonly #kind: Kind;
  readonly #type: FamilyType;

  constructor(metric: unknown, kind: Kind, at: RequestPlace) {
    this.#metric = metric;
    this.#kind = kind;
    this.#at = at;
    this.#type = typeOf(kind, member(metric, 'sum', 'isMonotonic') === true);
  }

  family(): SeenFamily {
    const name = text(member(this.#metric, 'name'));
    const unit = text(member(this.#metric, 'unit'));
    const [isCounter, isGauge] = [this.#type === 'counter', this.#type === 'gauge'];
    const translated = nameWithSuffixes({ name, unit, isCounter, isGauge });
    const others = [...new Set([name, escapedName(name)])].filter((each) => each !== translated);
    const description = text(member(this.#metric, 'description'));
    const temporality =
      member(this.#metric, this.#kind, 'aggregationTemporality') === delta ? 'delta' : 'cumulative';
    const details = [`unit "${unit}"`, this.#instrument(), ...(temporality === 'delta' ? ['delta'] : [])];
    return {
      // A name that is one of Prometheus already stays as it is: what the generated helpers export are such.
      name: translated,
      otherNames: others,
      shownName: name,
      type: this.#type,
      unit: unit === '' ? undefined : unit,
      help: description === '' ? undefined : description,
      temporality,
      isExponential: this.#kind === 'exponentialHistogram',
      isTranslated: true,
      samples: list(member(this.#metric, this.#kind, 'dataPoints')).flatMap((point) =>
        this.#samples(name, point),
      ),
      place: shownAt(this.#at.path, this.#at.line, () => `${name} (${details.join(', ')})`),
    };
  }

  #instrument(): string {
    if (this.#kind === 'sum')
      return this.#type === 'counter' ? 'monotonic sum' : 'sum that is not monotonic, gauge';
    return this.#kind === 'exponentialHistogram' ? 'exponential histogram' : this.#kind;
  }

  #samples(name: string, point: unknown): readonly SeenSample[] {
    if ((Number(member(point, 'flags') ?? 0) & noRecordedValue) !== 0) return [];
    const labels = readLabels(member(point, 'attributes'), labelName);
    const started = text(member(point, 'startTimeUnixNano'));
    const start = started === '' || started === '0' ? undefined : started;
    const shown = shownAt(this.#at.path, this.#at.line, () => this.#shown(name, labels, point));
    const make = (
      part: string,
      value: number | undefined,
      of: ReadonlyMap<string, string> = labels,
    ): SeenSample[] =>
      value === undefined ? [] : [{ name: `${name}${part}`, labels: of, value, start, place: shown }];
    if (this.#kind === 'gauge' || this.#kind === 'sum') return make('', numberOf(point));
    const buckets = bucketsOf(point).flatMap(([bound, count]) =>
      make('_bucket', count, new Map([...labels, ['le', bound]])),
    );
    return [
      ...buckets,
      ...make('_sum', readNumber(member(point, 'sum'))),
      // A count of nothing is left out of the message.
      ...make('_count', readNumber(member(point, 'count')) ?? 0).map((sample) =>
        this.#kind === 'exponentialHistogram' ? { ...sample, inBuckets: inBuckets(point) } : sample,
      ),
    ];
  }

  #shown(name: string, labels: ReadonlyMap<string, string>, point: unknown): string {
    const value = numberOf(point);
    const count = text(member(point, 'count'));
    return `${seriesText(name, labels)} ${value ?? `count ${count === '' ? '0' : count}`}`;
  }
}

function numberOf(point: unknown): number | undefined {
  return readNumber(member(point, 'asDouble')) ?? readNumber(member(point, 'asInt'));
}

/** What the buckets of an exponential histogram hold together. */
function inBuckets(point: unknown): number {
  const counts = [
    member(point, 'zeroCount'),
    ...list(member(point, 'positive', 'bucketCounts')),
    ...list(member(point, 'negative', 'bucketCounts')),
  ];
  return counts.reduce((sum: number, count) => sum + (readNumber(count) ?? 0), 0);
}

/** Cumulative buckets as Prometheus has them; empty for a histogram without explicit bounds. */
function bucketsOf(point: unknown): readonly (readonly [bound: string, count: number])[] {
  const bounds = list(member(point, 'explicitBounds'));
  const counts = list(member(point, 'bucketCounts'));
  if (counts.length === 0 || counts.length !== bounds.length + 1) return [];
  let sum = 0;
  return counts.map((count, index) => {
    sum += readNumber(count) ?? 0;
    const bound = readNumber(bounds[index]);
    return [bound === undefined ? '+Inf' : String(bound), sum] as const;
  });
}

/** The metric of a message; undefined where it has neither name nor data. */
export function readMetric(metric: unknown, at: RequestPlace): SeenFamily | undefined {
  const kind = kinds.find((each) => member(metric, each) !== undefined);
  if (kind === undefined || text(member(metric, 'name')) === '') return undefined;
  return new MetricReader(metric, kind, at).family();
}
