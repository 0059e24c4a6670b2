import { FieldType, renderLegendFormat, toDataFrame, type DataFrame } from '@grafana/data';
import type { BoardTarget } from './board.js';

/** A series in an answer of Prometheus: `values` over time, or one `value`. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values?: readonly (readonly [seconds: number, value: string])[];
  readonly value?: readonly [seconds: number, value: string];
}

function samplesOf({ values, value }: Series): readonly (readonly [number, string])[] {
  return values ?? (value === undefined ? [] : [value]);
}

function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

/** The name that Prometheus's data source gives a series without a legend. */
function nameOf({ metric }: Series): string {
  const { __name__: name = '', ...labels } = metric;
  const list = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return list.length === 0 && name !== '' ? name : `${name}{${list.join(', ')}}`;
}

function legendOf(target: BoardTarget, series: Series): string | undefined {
  const { legendFormat } = target;
  if (legendFormat === undefined || legendFormat === '__auto') return undefined;
  return legendFormat === '' ? nameOf(series) : renderLegendFormat(legendFormat, { ...series.metric });
}

/** One frame for each series. @param step seconds; a longer gap between two points interrupts the line */
function overTime(result: readonly Series[], target: BoardTarget, step: number): DataFrame[] {
  return result.map((series) => {
    const samples = samplesOf(series);
    const displayNameFromDS = legendOf(target, series);
    return toDataFrame({
      refId: target.refId,
      meta: { type: 'timeseries-multi' },
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          config: { interval: step * 1000 },
          values: samples.map(([seconds]) => seconds * 1000),
        },
        {
          name: 'Value',
          type: FieldType.number,
          labels: series.metric,
          config: displayNameFromDS === undefined ? {} : { displayNameFromDS },
          values: samples.map(([, value]) => numberOf(value)),
        },
      ],
    });
  });
}

/** One frame with a column for each label. @param valueName the column of the values */
function asTable(result: readonly Series[], target: BoardTarget, valueName: string): DataFrame {
  const rows = result.flatMap((series) => {
    const last = samplesOf(series).at(-1);
    return last === undefined ? [] : [{ metric: series.metric, seconds: last[0], value: last[1] }];
  });
  const labels = [...new Set(rows.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: rows.map(({ seconds }) => seconds * 1000) },
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        config: { filterable: true },
        values: rows.map(({ metric }) => metric[label] ?? ''),
      })),
      { name: valueName, type: FieldType.number, values: rows.map(({ value }) => numberOf(value)) },
    ],
  });
}

/** One frame with a row for each bucket, less what the buckets below it hold. */
function asHeatmap(result: readonly Series[], target: BoardTarget): DataFrame {
  const bounds = result
    .map((series) => ({ series, bound: numberOf(series.metric['le'] ?? 'NaN') }))
    .sort((a, b) => a.bound - b.bound);
  const times = [...new Set(result.flatMap((series) => samplesOf(series).map(([seconds]) => seconds)))];
  times.sort((a, b) => a - b);
  let below = times.map(() => 0);
  const fields = bounds.map(({ series }) => {
    const at = new Map(samplesOf(series).map(([seconds, value]) => [seconds, numberOf(value)]));
    const upTo = times.map((seconds) => at.get(seconds) ?? 0);
    const values = upTo.map((value, index) => Math.max(0, value - (below[index] ?? 0)));
    below = upTo;
    return { name: series.metric['le'] ?? '', type: FieldType.number, labels: series.metric, values };
  });
  return toDataFrame({
    refId: target.refId,
    meta: { type: 'heatmap-rows' },
    fields: [{ name: 'Time', type: FieldType.time, values: times.map((each) => each * 1000) }, ...fields],
  });
}

/** The frames that Prometheus's data source makes of an answer, in the format that the query asks for. */
export function framesOf(
  result: readonly Series[],
  target: BoardTarget,
  context: { readonly step: number; readonly queries: number },
): DataFrame[] {
  if (target.format === 'table')
    return [asTable(result, target, context.queries > 1 ? `Value #${target.refId}` : 'Value')];
  if (target.format === 'heatmap') return result.length === 0 ? [] : [asHeatmap(result, target)];
  return overTime(result, target, context.step);
}
