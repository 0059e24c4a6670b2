import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as piechart from '@grafana/grafana-foundation-sdk/piechart';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as tempo from '@grafana/grafana-foundation-sdk/tempo';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

/** By type of `sdk-types.ts`, what Grafana fills in where a key is missing: a panel keeps to itself what it does not say. */
const defaults: Readonly<Record<string, () => unknown>> = {
  TimeSeriesOptions: timeseries.defaultOptions,
  StatOptions: stat.defaultOptions,
  GaugeOptions: gauge.defaultOptions,
  BarGaugeOptions: bargauge.defaultOptions,
  HeatmapOptions: heatmap.defaultOptions,
  TableOptions: table.defaultOptions,
  TableCustom: table.defaultFieldConfig,
  PieChartOptions: piechart.defaultOptions,
  StateTimelineOptions: statetimeline.defaultOptions,
  LogsOptions: logs.defaultOptions,
  TempoTarget: tempo.defaultDataquery,
};

/** What a series is made one number with: the SDK's default is nothing, with which a panel stays empty. It has to be said. */
const unfilled = new Set(['reduceOptions']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function filled(value: unknown, by: unknown): unknown {
  if (!isObject(value) || !isObject(by)) return value;
  const result = { ...value };
  for (const [key, item] of Object.entries(by)) {
    // The SDK's queries have a method, which is none of the data.
    if (unfilled.has(key) || typeof item === 'function') continue;
    result[key] = Object.hasOwn(value, key) ? filled(value[key], item) : item;
  }
  return result;
}

/** A value as Grafana has it once it has filled in what is missing. */
export function withDefaults(type: string, value: unknown): unknown {
  return filled(value, defaults[type]?.());
}
