// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Attributes, HrTime, ValueType } from '@opentelemetry/api';

/**
 * What OpenTelemetry's metric readers take from a producer, described by its shape, so that the SDK need not be installed. Names and
 * numbers are those of @opentelemetry/sdk-metrics 2 (`src/export/MetricData.ts`, `AggregationTemporality.ts`, `MetricProducer.ts`).
 */

/** `DataPointType`: what the value of a point is. */
export const pointType = { histogram: 0, gauge: 2, sum: 3 } as const;

/** `AggregationTemporality`: since when a value has been counted. */
export const temporalityNumber = { delta: 0, cumulative: 1 } as const;

/** A value of one set of attributes. */
export interface DataPoint<T> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Attributes;
  readonly value: T;
}

/** The value of a histogram's point. The SDK's shape has no place for exemplars. */
export interface HistogramValue {
  /** `counts` has one more than `boundaries`: what is above the last. */
  buckets: { boundaries: number[]; counts: number[] };
  count: number;
  /** Left out where values can be negative. */
  sum?: number;
}

interface MetricHead {
  readonly descriptor: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly valueType: ValueType;
  };
  readonly aggregationTemporality: (typeof temporalityNumber)[keyof typeof temporalityNumber];
}

/** One metric with its points. */
export type MetricData =
  | (MetricHead & {
      readonly dataPointType: (typeof pointType)['sum'];
      readonly isMonotonic: boolean;
      readonly dataPoints: DataPoint<number>[];
    })
  | (MetricHead & {
      readonly dataPointType: (typeof pointType)['gauge'];
      readonly dataPoints: DataPoint<number>[];
    })
  | (MetricHead & {
      readonly dataPointType: (typeof pointType)['histogram'];
      readonly dataPoints: DataPoint<HistogramValue>[];
    });

/** A resource without attributes: a reader puts that of its SDK in the place of a producer's. */
export interface EmptyResource {
  readonly attributes: Attributes;
  merge<R extends object>(other: R | null): R;
  getRawAttributes(): [string, undefined][];
}

/** What a producer gives to a reader. */
export interface MetricCollection {
  resourceMetrics: {
    resource: EmptyResource;
    scopeMetrics: { scope: { name: string }; metrics: MetricData[] }[];
  };
  /** What went wrong with single metrics; all others are there. */
  errors: unknown[];
}

/** What readers call a `MetricProducer`. */
export interface MetricProducer {
  /** Reads all metrics. Never rejects. */
  collect(): Promise<MetricCollection>;
}

/** A resource that says nothing. */
export const emptyResource: EmptyResource = {
  attributes: {},
  merge: <R extends object>(other: R | null): R => other ?? (emptyResource as unknown as R),
  getRawAttributes: () => [],
};
