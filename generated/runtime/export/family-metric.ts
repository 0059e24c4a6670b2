// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { ValueType } from '@opentelemetry/api';
import type { HrTime } from '@opentelemetry/api';
import { isLive } from '../metrics/family.js';
import type { Family } from '../metrics/family.js';
import { pointType, temporalityNumber } from './metric-data.js';
import type { DataPoint, HistogramValue, MetricData } from './metric-data.js';
import { otlpUnit } from './otlp-unit.js';
import { ReportedRows } from './reported-rows.js';

/** Since when values are counted: since the row began, or since the last report. */
export type Temporality = 'cumulative' | 'delta';

/** Makes reports of one metric, each on what there was at the one before. */
export class FamilyMetric {
  private readonly family: Family;
  private readonly isDelta: boolean;
  private readonly boundaries: number[];
  /** Where values can be negative, a sum is not a count of anything; OTLP has no sum there (`metrics.proto`, HistogramDataPoint). */
  private readonly hasSum: boolean;
  private readonly reported: ReportedRows;
  private reportedAt: number;

  /** @param since milliseconds since 1970: when the rows that there are may have begun */
  constructor(family: Family, temporality: Temporality, since: number) {
    this.family = family;
    this.isDelta = temporality === 'delta' && family.type !== 'gauge';
    this.boundaries = [...family.bounds];
    this.hasSum = (family.bounds[0] ?? 0) >= 0;
    this.reported = new ReportedRows(family);
    this.reportedAt = since;
  }

  /**
   * The metric as it is now; undefined where it has no points.
   * @param now milliseconds since 1970, not before the last report
   */
  report(now: number): MetricData | undefined {
    const { family } = this;
    family.refresh();
    this.reported.follow(this.reportedAt);
    const metric = family.type === 'histogram' ? this.histogram(now) : this.number(family.type, now);
    this.reportedAt = now;
    return metric.dataPoints.length === 0 ? undefined : metric;
  }

  private number(type: 'counter' | 'gauge', now: number): MetricData {
    const { cells } = this.family;
    const dataPoints = this.points(now, (row) => {
      const value = this.isDelta ? this.reported.added(row) : (cells[row] ?? 0);
      return this.isDelta && value === 0 ? undefined : value;
    });
    return type === 'gauge'
      ? { ...this.head(), dataPointType: pointType.gauge, dataPoints }
      : { ...this.head(), dataPointType: pointType.sum, isMonotonic: true, dataPoints };
  }

  private histogram(now: number): MetricData {
    return {
      ...this.head(),
      dataPointType: pointType.histogram,
      dataPoints: this.points(now, (row) => {
        const value = this.histogramValue(row);
        return this.isDelta && value.count === 0 ? undefined : value;
      }),
    };
  }

  private histogramValue(row: number): HistogramValue {
    const { cells, width } = this.family;
    const read = (cell: number): number => (this.isDelta ? this.reported.added(cell) : (cells[cell] ?? 0));
    const from = row * width;
    const counts: number[] = [];
    let count = 0;
    for (let cell = from; cell < from + width - 1; cell += 1) {
      const inBucket = read(cell);
      counts.push(inBucket);
      count += inBucket;
    }
    const value = { buckets: { boundaries: this.boundaries, counts }, count };
    return this.hasSum ? { ...value, sum: read(from + width - 1) } : value;
  }

  /**
   * A point for each row that is shown and that `read` has a value for. In delta reports there is none for a row without news: "MUST only
   * receive data points with measurements recorded since the previous collection" (OpenTelemetry specification 1.60, metrics/sdk.md,
   * MetricReader); and all begin where the last report ended (the same, Start timestamps).
   */
  private points<T>(now: number, read: (row: number) => T | undefined): DataPoint<T>[] {
    const { family, reported } = this;
    const endTime = hrTime(now);
    const sinceReport = hrTime(this.reportedAt);
    const points: DataPoint<T>[] = [];
    for (let row = 0; row < family.rowCount; row += 1) {
      if (!isLive(family, row)) continue;
      const value = read(row);
      if (value === undefined) continue;
      reported.record(row);
      const startTime = this.isDelta ? sinceReport : hrTime(reported.startOf(row));
      points.push({ startTime, endTime, attributes: reported.attributesOf(row), value });
    }
    return points;
  }

  private head(): Pick<MetricData, 'descriptor' | 'aggregationTemporality'> {
    const { name, help, type } = this.family;
    return {
      descriptor: {
        name,
        description: help,
        unit: otlpUnit(name, type),
        valueType: ValueType.DOUBLE,
      },
      aggregationTemporality: temporalityNumber[this.isDelta ? 'delta' : 'cumulative'],
    };
  }
}

/** A time as OpenTelemetry has it, of whole milliseconds since 1970: the same number always gives the same time. */
function hrTime(milliseconds: number): HrTime {
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1_000_000];
}
