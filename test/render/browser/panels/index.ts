import { FieldColorModeId, PanelPlugin, PluginType, type PanelPluginMeta } from '@grafana/data';
import { withFieldOptions } from '../field-options.js';
import { BarGaugePanel } from './bargauge.js';
import { GaugePanel } from './gauge.js';
import { HeatmapPanel } from './heatmap.js';
import { PieChartPanel } from './piechart.js';
import { standIn } from './stand-in.js';
import { StateTimelinePanel } from './state-timeline.js';
import { StatPanel } from './stat.js';
import { TablePanel } from './table.js';
import { TextPanel } from './text.js';
import { TimeSeriesPanel } from './timeseries.js';

const hideFrom = { tooltip: false, viz: false, legend: false };

/** What a field of a graph has where a board says nothing. */
const graphDefaults = {
  axisBorderShow: false,
  axisCenteredZero: false,
  axisColorMode: 'text',
  axisLabel: '',
  axisPlacement: 'auto',
  axisSoftMin: undefined,
  axisSoftMax: undefined,
  barAlignment: 0,
  drawStyle: 'line',
  fillBelowTo: undefined,
  fillOpacity: 0,
  gradientMode: 'none',
  hideFrom,
  insertNulls: false,
  lineInterpolation: 'linear',
  lineStyle: undefined,
  lineWidth: 1,
  pointSize: 5,
  scaleDistribution: { type: 'linear' },
  showPoints: 'auto',
  spanNulls: false,
  stacking: { mode: 'none', group: 'A' },
  thresholdsStyle: { mode: 'off' },
  transform: undefined,
};

const tableDefaults = {
  align: 'auto',
  cellOptions: { type: 'auto' },
  filterable: false,
  inspect: false,
  minWidth: undefined,
  width: undefined,
  hidden: undefined,
};

type Kind = readonly [
  // Each panel reads options of its own; the board's are what they are.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  panel: (props: any) => React.JSX.Element,
  custom?: Readonly<Record<string, unknown>>,
  colour?: FieldColorModeId,
];

const kinds: Readonly<Record<string, Kind>> = {
  timeseries: [TimeSeriesPanel, graphDefaults, FieldColorModeId.PaletteClassic],
  stat: [StatPanel],
  gauge: [GaugePanel],
  bargauge: [BarGaugePanel],
  heatmap: [HeatmapPanel, { hideFrom, scaleDistribution: { type: 'linear' } }],
  table: [TablePanel, tableDefaults],
  piechart: [PieChartPanel, { hideFrom }, FieldColorModeId.PaletteClassic],
  'state-timeline': [
    StateTimelinePanel,
    { fillOpacity: 70, hideFrom, insertNulls: false, lineWidth: 0, spanNulls: false },
  ],
  text: [TextPanel],
  logs: [standIn('Log lines')],
  traces: [standIn('Traces')],
  alertlist: [standIn('Alerts')],
};

/** The panels that can be drawn, by type. */
export const panels: ReadonlyMap<string, PanelPlugin> = new Map(
  Object.entries(kinds).map(([id, [panel, custom = {}, colour]]) => {
    const plugin = withFieldOptions(new PanelPlugin(panel), custom, colour);
    plugin.meta = {
      id,
      name: id,
      type: PluginType.panel,
      module: '',
      baseUrl: '',
      sort: 0,
      info: { version: '13.2.2', description: '', links: [], logos: { small: '', large: '' } },
    } as unknown as PanelPluginMeta;
    return [id, plugin];
  }),
);
