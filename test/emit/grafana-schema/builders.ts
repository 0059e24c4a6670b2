import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import * as piechart from '@grafana/grafana-foundation-sdk/piechart';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

type Json = Readonly<Record<string, unknown>>;
type AnyBuilder = Builder<unknown> & Record<string, ((value: unknown) => unknown) | undefined>;
type Maker = new () => Builder<unknown>;

/** Panels whose settings the SDK's builders know by the names that the JSON has. */
export const panelBuilders = {
  timeseries: { make: timeseries.PanelBuilder, options: 'TimeSeriesOptions' },
  stat: { make: stat.PanelBuilder, options: 'StatOptions' },
  gauge: { make: gauge.PanelBuilder, options: 'GaugeOptions' },
  bargauge: { make: bargauge.PanelBuilder, options: 'BarGaugeOptions' },
  piechart: { make: piechart.PanelBuilder, options: 'PieChartOptions' },
  'state-timeline': { make: statetimeline.PanelBuilder, options: 'StateTimelineOptions' },
} as const;

/** Settings that have a builder of their own. */
const nested: Readonly<Record<string, Maker>> = {
  legend: common.VizLegendOptionsBuilder,
  tooltip: common.VizTooltipOptionsBuilder,
  reduceOptions: common.ReduceDataOptionsBuilder,
  stacking: common.StackingConfigBuilder,
  hideFrom: common.HideSeriesConfigBuilder,
  scaleDistribution: common.ScaleDistributionConfigBuilder,
  thresholdsStyle: common.GraphThresholdsStyleConfigBuilder,
  lineStyle: common.LineStyleBuilder,
  text: common.VizTextDisplayOptionsBuilder,
  thresholds: dashboard.ThresholdsConfigBuilder,
  color: dashboard.FieldColorBuilder,
};

/** Keys that a builder calls otherwise. */
const renamed: Readonly<Record<string, string>> = { color: 'colorScheme' };

/** Links of fields have a builder that makes them links of dashboards, with keys that Grafana does not read there. */
const untold = new Set(['links', 'custom']);

/** Tells a builder every setting of an object, each by its own name; the builder decides where in the JSON it goes. */
export function tell(
  builder: Builder<unknown>,
  settings: Json,
  own: Readonly<Record<string, Maker>> = {},
): void {
  const methods = builder as AnyBuilder;
  for (const [key, value] of Object.entries(settings)) {
    if (untold.has(key)) continue;
    const method = renamed[key] ?? key;
    const Nested = own[key] ?? nested[key];
    if (typeof methods[method] !== 'function') throw new Error(`the SDK's builder has no \`${method}\``);
    if (Nested === undefined || typeof value !== 'object') methods[method](value);
    else {
      const inner = new Nested();
      tell(inner, value as Json);
      methods[method](inner);
    }
  }
}

/** A panel with the same settings, nested as the SDK nests them. */
export function rebuilt(
  type: keyof typeof panelBuilders,
  options: Json,
  defaults: Json,
): { readonly options: unknown; readonly defaults: Json } {
  const builder = new panelBuilders[type].make();
  const own = type === 'piechart' ? { legend: piechart.PieChartLegendOptionsBuilder } : {};
  tell(builder, options, own);
  tell(builder, defaults, own);
  tell(builder, (defaults['custom'] ?? {}) as Json, own);
  const panel = builder.build();
  return { options: panel.options, defaults: (panel.fieldConfig?.defaults ?? {}) as Json };
}

/** The data alone: queries of the SDK have a method. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** A query with the same settings. */
export function rebuiltQuery(target: Json): unknown {
  const builder = new prometheus.DataqueryBuilder();
  const { instant, range, ...rest } = target;
  if (instant === true) builder.instant();
  if (range === true) builder.range();
  tell(builder, rest);
  return plain(builder.build());
}

/** What Grafana writes into a variable of data sources, and the SDK has no way to say. */
const unsaid = { datasource: ['options', 'refresh', 'skipUrlSync'], query: ['skipUrlSync'] } as const;

/** A variable with the same settings, as far as the SDK can say them, and those of ours. */
export function rebuiltVariable(variable: Json): { readonly sdk: unknown; readonly ours: Json } {
  const type = variable['type'] === 'datasource' ? 'datasource' : 'query';
  const left: ReadonlySet<string> = new Set(unsaid[type]);
  const ours = Object.fromEntries(Object.entries(variable).filter(([key]) => !left.has(key)));
  const { name, query } = ours;
  const rest = Object.fromEntries(
    Object.entries(ours).filter(([key]) => !['name', 'query', 'type'].includes(key)),
  );
  if (type === 'datasource') {
    const builder = new dashboard.DatasourceVariableBuilder(String(name)).type(String(query));
    tell(builder, rest);
    return { sdk: builder.build(), ours };
  }
  const builder = new dashboard.QueryVariableBuilder(String(name));
  tell(builder, { ...rest, query });
  return { sdk: builder.build(), ours };
}
