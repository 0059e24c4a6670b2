/**
 * The types that a JSON Schema is made of: what Grafana's own SDK says of what we write. It has none for the panels `alertlist` and
 * `traces`, whose options are therefore not looked at, and none for the files that provision data sources and dashboards.
 */
import type { Query, Rule } from '@grafana/grafana-foundation-sdk/alerting';
import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type {
  Dashboard,
  DashboardLink,
  FieldConfig,
  FieldConfigSource,
  Panel,
  RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { TypeMath, TypeThreshold } from '@grafana/grafana-foundation-sdk/expr';
import type * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import type * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import type * as logs from '@grafana/grafana-foundation-sdk/logs';
import type { dataquery as LokiQuery } from '@grafana/grafana-foundation-sdk/loki';
import type * as piechart from '@grafana/grafana-foundation-sdk/piechart';
import type { Dataquery as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type { Dataquery as TempoQuery } from '@grafana/grafana-foundation-sdk/tempo';
import type * as text from '@grafana/grafana-foundation-sdk/text';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

/** The queries and the panels are looked at one by one, each by its type. */
// The SDK would rather have everybody write the new format, which file provisioning does not take in this form.
// eslint-disable-next-line @typescript-eslint/no-deprecated
export type Board = Omit<Dashboard, 'panels'> & { panels: object[] };
export type Row = Omit<RowPanel, 'panels'> & { panels: object[] };
/** The SDK has the links of dashboards for those of panels and fields as well, of which Grafana reads and writes three keys. */
type DataLink = Pick<DashboardLink, 'title' | 'url' | 'targetBlank'>;
type Fields = Omit<FieldConfigSource, 'defaults'> & {
  defaults: Omit<FieldConfig, 'links'> & { links?: DataLink[] };
};
/** A panel, with targets that are looked at apart, as its options are. */
export type PanelShape = Omit<Panel, 'targets' | 'options' | 'links' | 'fieldConfig'> & {
  targets?: object[];
  options: object;
  links?: DataLink[];
  fieldConfig: Fields;
};

/** A method of the SDK's types that no JSON has. */
type Data<T> = Omit<T, '_implementsDataqueryVariant'>;
export type PrometheusTarget = Data<PrometheusQuery>;
export type LokiTarget = Data<LokiQuery>;
export type TempoTarget = Data<TempoQuery>;

export type BarGaugeOptions = bargauge.Options;
export type GaugeOptions = gauge.Options;
export type HeatmapOptions = heatmap.Options;
export type HeatmapCustom = heatmap.FieldConfig;
export type LogsOptions = logs.Options;
export type PieChartOptions = piechart.Options;
export type PieChartCustom = piechart.FieldConfig;
export type StatOptions = stat.Options;
export type StateTimelineOptions = statetimeline.Options;
export type StateTimelineCustom = statetimeline.FieldConfig;
export type TableOptions = table.Options;
export type TableCustom = table.FieldConfig;
export type TextOptions = text.Options;
export type TimeSeriesOptions = timeseries.Options;
export type TimeSeriesCustom = timeseries.FieldConfig;

/** Rules that Grafana evaluates, as its API has them. */
export type AlertRule = Omit<Rule, 'data'>;
export type AlertQuery = Omit<Query, 'model'> & { model: object };
export type MathNode = Data<TypeMath>;
export type ThresholdNode = Data<TypeThreshold>;
